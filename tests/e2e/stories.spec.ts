import { stories } from "@/prisma/seed/stories";
import { expect, test } from "./fixtures";
import { ledgerWalks } from "./stories/ledger-walks";
import { screens } from "./stories/story";
import { tagWalks } from "./stories/tag-walks";
import { walkFromOverview } from "./walk";

// All columns of every table.
test.use({ person: "owner", viewport: { width: 1600, height: 1000 }, actionTimeout: 30_000 });

/** Figures may be a minute behind the ledger, and calls of other journeys come in. */
const patient = { timeout: 60_000, intervals: [1_000] };
const walks = [...tagWalks, ...ledgerWalks];

for (const { screen, story, clicks, find } of walks) {
  test(`${screen}: ${story} (${String(clicks)} clicks)`, async ({ page }) => {
    test.setTimeout(120_000);
    await expect(async () => {
      const walk = await walkFromOverview(page);
      await find(walk);
      expect(walk.clicks()).toBe(clicks);
    }).toPass(patient);
  });
}

test("every screen of spend has its walk, and every planted story is found on one", () => {
  expect(new Set(walks.map(({ screen }) => screen))).toEqual(new Set(screens));
  for (const { title } of Object.values(stories)) {
    expect(walks.map(({ story }) => story.replace(/: why.*/, ""))).toContain(title);
  }
  console.table(walks.map(({ screen, story, clicks }) => ({ screen, story, clicks })));
});

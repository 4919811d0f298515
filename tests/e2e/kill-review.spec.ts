import type { Browser, Page } from "@playwright/test";
import { acme } from "@/prisma/seed/acme";
import { reviewedDemoMonth } from "@/prisma/seed/demo-months";
import { stories } from "@/prisma/seed/stories";
import { daysBetween, localDay } from "@/server/calendar/local-day";
import { addMonths, lastOfMonth, thisMonth } from "@/server/calendar/month";
import { freePort } from "@/server/launch/ports";
import { type DemoFile, readDemoFile } from "@/tests/setup/demo";
import { signIn } from "@/tests/setup/sign-in";
import { type Product, removeInstallation, startProduct } from "@/tests/setup/start-product";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { expect, test } from "./fixtures";
import { card, visit } from "./screen";

/** A feature that people use until today: that nothing is spent on it any more is beyond any scatter. */
const used = "meeting-notes";
const dead = stories.unusedFeatures.features;

async function openAs(browser: Browser, demo: DemoFile): Promise<Page> {
  const context = await browser.newContext({ baseURL: demo.url, storageState: await signIn(browser, demo) });
  return context.newPage();
}

/** Months that have been reviewed, as a script with the read key is told. */
async function reviewedMonths({ url, readKey }: DemoFile): Promise<string[]> {
  const answer = await fetch(`${url}/api/trpc/killReview.list`, {
    headers: { Authorization: `Bearer ${readKey}` },
  });
  if (!answer.ok) return [];
  const { result } = (await answer.json()) as { result: { data: { reviews: { month: string }[] } } };
  return result.data.reviews.map(({ month }) => month);
}

async function decide(page: Page, name: RegExp | string, feature: string, dueOn: string): Promise<void> {
  await page.getByRole("button", { name }).first().click();
  const dialog = page.getByRole("dialog", { name: `Decide about ${feature}` });
  await dialog.getByLabel("Decision").selectOption("kill");
  await dialog.getByLabel("Reason").fill("Nobody would miss it");
  await dialog.getByLabel("Due on").fill(dueOn);
  await dialog.getByRole("button", { name: "Save the decision" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Decided: kill ${feature}.`)).toBeVisible();
}

test("a month end: dead features are found and killed, and once the next months are over the saving shows", async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const dataFolder = makeTemporaryFolder("kill-review");
  const port = await freePort();
  let product: Product | null = null;
  try {
    product = await startProduct({ dataFolder, port });
    let demo = { ...readDemoFile(dataFolder), url: product.url };
    const now = new Date();
    const month = reviewedDemoMonth(now);
    const dueOn = lastOfMonth(thisMonth(now, acme.timeZone));
    const measured = addMonths(thisMonth(now, acme.timeZone), 1);
    await expect.poll(() => reviewedMonths(demo), { timeout: 180_000, intervals: [1_000] }).toContain(month);

    let page = await openAs(browser, demo);
    await visit(page, "/demo/kill-review");
    await card(page, "Months so far").getByRole("row").nth(1).getByRole("link").click();
    await page.waitForURL(`**/demo/kill-review/${month.slice(0, 7)}`);
    const bottom = card(page, "Used least");
    for (const feature of dead) await expect(bottom.getByRole("article", { name: feature, exact: true })).toBeVisible(); // prettier-ignore
    await expect(page.getByText("Since then: nothing has come to the month.")).toBeVisible();
    for (const feature of dead) await decide(page, `Decide about ${feature}`, feature, dueOn);
    await expect(bottom.getByRole("article", { name: dead[0], exact: true })).toContainText("Decided: Kill");
    // One that is not among the least used is decided about from the table of all.
    await decide(page, used, used, dueOn);
    await page.context().close();
    expect(await product.stop()).toBe(0);

    // Noon of the second day after the month that follows the due date.
    const target = addMonths(measured, 1);
    const ahead = daysBetween(localDay(now, acme.timeZone), target) + 1;
    product = await startProduct({ dataFolder, port, env: { CLOCK_AHEAD_DAYS: String(ahead) } });
    demo = { ...demo, url: product.url };
    await expect
      .poll(() => reviewedMonths(demo), { timeout: 300_000, intervals: [1_000] })
      .toContain(measured);

    page = await openAs(browser, demo);
    await visit(page, `/demo/kill-review/${measured.slice(0, 7)}`);
    const earlier = card(page, "Earlier decisions");
    for (const feature of [...dead, used])
      await expect(earlier.getByRole("article", { name: `Decision about ${feature}` })).toContainText("gone: no calls in 7 days"); // prettier-ignore
    const decision = earlier.getByRole("article", { name: `Decision about ${used}` });
    const [saving] = await decision.getByRole("listitem").all();
    await expect(decision.getByText("saved", { exact: true })).toBeVisible();
    await expect(decision).toContainText(/\+\$\d+\.\d\d/);
    await expect(decision).toContainText("spent $0.00");
    expect(saving).toBeDefined();
    await visit(page, "/demo/kill-review");
    await expect(page.getByRole("heading", { name: /^Saved since / })).toBeVisible();
    await page.context().close();
  } finally {
    await product?.stop();
    removeInstallation(dataFolder);
  }
});

test.describe("who only looks", () => {
  test.use({ person: "viewer" });

  test("sees a review and decides nothing", async ({ page }) => {
    await visit(page, `/demo/kill-review/${reviewedDemoMonth(new Date()).slice(0, 7)}`);
    await expect(page.getByRole("heading", { name: "All features" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Decide/ })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Download the review as CSV" })).toBeVisible();
  });
});

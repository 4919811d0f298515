import type { Page } from "@playwright/test";
import { acme } from "@/prisma/seed/acme";
import { stories } from "@/prisma/seed/stories";
import { usageStories } from "@/prisma/seed/usage-stories";
import { localDay } from "@/server/calendar/local-day";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { card, exactUsd, visit } from "./screen";

/** The last whole month, as YYYY-MM: what of it is counted moves no more. */
function lastMonth(): string {
  const today = localDay(new Date(), acme.timeZone);
  return new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2, 1))
    .toISOString()
    .slice(0, 7);
}

const feature = "code-review";
const event = "Comment Accepted";
const value = (page: Page) => card(page, "What each feature brings");
const rowOf = (page: Page, name: string) =>
  value(page)
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name, exact: true }) });

/** A walk that was cut short left something behind. */
const forget = () =>
  ledger(
    "DELETE FROM feature_setting USING tenant t WHERE t.tenant_id = feature_setting.tenant_id AND t.slug = 'demo' AND feature = $1",
    [feature],
  );

test.describe("who may say what holds for a feature", () => {
  test.use({ person: "owner" });
  test.beforeEach(forget);

  test("finds the dead features, names an owner and a conversion, sees what one costs, and takes it back", async ({
    page,
  }) => {
    const month = lastMonth();
    await visit(page, "/demo/features");
    await page
      .getByRole("navigation", { name: "Features", exact: true })
      .getByRole("link", { name: "Value" })
      .click();
    await expect(page).toHaveURL(/\/features\/value/);
    await page.getByLabel("Month", { exact: true }).selectOption(month);
    await expect(page).toHaveURL(new RegExp(`month=${month}`));
    await expect(value(page)).not.toContainText("so far:");
    await expect(value(page).locator("table")).toHaveAttribute("aria-busy", "false");

    const names = await value(page).locator("tbody [data-row-focus]").allTextContents();
    expect(names.length).toBeGreaterThan(12);
    expect(names.slice(-3)).toEqual(expect.arrayContaining([...stories.unusedFeatures.features]));
    expect(names.slice(-3)).toContain(usageStories.seasonalFeature.feature);
    await expect(rowOf(page, usageStories.seasonalFeature.feature)).toContainText("seasonal");
    await expect(rowOf(page, usageStories.protectedFeature.feature)).toContainText("protected");

    const row = rowOf(page, feature);
    await expect(row).toContainText("nobody answers for it");
    await expect(row).toContainText("Nobody said what its conversion is");
    await row.getByRole("button", { name: feature, exact: true }).click();
    const form = page.getByRole("dialog", { name: feature });
    await form.getByLabel("Owner").selectOption({ label: "Fiona Marsh" });
    await form.getByLabel("Conversion").selectOption(event);
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(`What holds for ${feature} was saved.`)).toBeVisible();
    await expect(form).toBeHidden();

    const counted = only(
      await ledger<{ usd: string; conversions: number }>(
        `SELECT trim_scale(round(f.cost_usd / e.events, 12))::text AS usd, e.events::int AS conversions
         FROM feature_period f JOIN tenant t USING (tenant_id) JOIN feature_event_period e USING (tenant_id, grain, period, feature)
         WHERE t.slug = 'demo' AND f.grain = 'month' AND f.period = $1 AND f.feature = $2 AND e.event = $3`,
        [`${month}-01`, feature, event],
      ),
    );
    expect(counted.conversions).toBeGreaterThan(0);
    await expect(row).toContainText("Fiona Marsh");
    await expect(row).toContainText(`${counted.conversions.toLocaleString("en")} × ${event}`);
    expect(await exactUsd(row.locator("data").last())).toBe(counted.usd);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(row).toContainText("nobody answers for it");
    await expect(row).toContainText("Nobody said what its conversion is");
  });

  test("is told of one feature under two names", async ({ page }) => {
    const { called, told } = usageStories.unmatchedNames;
    await visit(page, "/demo/features/value");
    const unmatched = card(page, "Names that do not match");
    const used = unmatched.getByRole("list", { name: "Used, never called" }).getByRole("listitem");
    await expect(used.filter({ hasText: told })).toContainText(`likely ${called} of the calls`);
    await expect(used.filter({ hasText: usageStories.eventsOnly.feature })).not.toContainText("likely");
    await expect(
      unmatched
        .getByRole("list", { name: "Called, never used" })
        .getByRole("listitem")
        .filter({ hasText: called }),
    ).toContainText(`likely ${told} of the events`);
    await expect(unmatched.getByRole("link", { name: "Rename by a rule" })).toHaveAttribute(
      "href",
      "/demo/attribution/rules",
    );
  });

  test("looks for a feature, orders the rest, and keeps that in the address", async ({ page }) => {
    await visit(page, "/demo/features/value?span=3");
    await value(page).getByRole("button", { name: "Cost", exact: true }).click();
    await expect(page).toHaveURL(/order=cost/);
    await page.getByLabel("Find a feature").fill("review");
    await expect(value(page).locator("tbody [data-row-focus]")).toHaveText([/review/, /review/]);
    await page.getByLabel("Find a feature").fill("no such thing");
    await expect(page.getByRole("heading", { name: "No feature of that name" })).toBeVisible();
  });
});

test.describe("who may only look", () => {
  test.use({ person: "viewer" });

  test("sees the figures and changes nothing", async ({ page }) => {
    await visit(page, "/demo/features/value");
    await expect(value(page).getByRole("row").filter({ hasText: feature })).toBeVisible();
    await expect(value(page).getByRole("button", { name: feature, exact: true })).toHaveCount(0);
  });
});

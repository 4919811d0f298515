import type { Page } from "@playwright/test";
import { namelessParts } from "./accessibility";
import { expect, test } from "./fixtures";
import { ledger } from "./ledger";
import { card, visit } from "./screen";

test.use({ person: "viewer" });

/** Figures grow while they are looked at. */
const soon = { timeout: 60_000, intervals: [1_000] };
const grid = (page: Page, grain: "month" | "week") => card(page, `Cohorts by ${grain}`);

test("cohorts say who stays, what that costs and what those had cost who left", async ({ page }) => {
  await visit(page, "/demo");
  await page.getByRole("link", { name: "Retention" }).first().click();
  const months = grid(page, "month");
  // The oldest cohort, as the roll-up of activity has it.
  await expect(async () => {
    const [first] = await ledger<{ users: string; cohort: string }>(
      `SELECT active_users::text AS users, cohort::text FROM cohort_cell JOIN tenant USING (tenant_id)
       WHERE slug = 'demo' AND grain = 'month' AND cohort = period ORDER BY cohort LIMIT 1`,
    );
    await expect(months.getByRole("row").last()).toContainText(`${Number(first?.users).toLocaleString("en-US")} users`, { timeout: 5_000 }); // prettier-ignore
  }).toPass(soon);
  await months.getByRole("button", { name: /users$/ }).last().click();
  await expect(months.getByRole("columnheader", { name: "95 % interval" })).toBeVisible();
  await months.getByRole("button", { name: "Cost per user" }).click();
  await expect(page).toHaveURL(/show=cost/);
  await expect(months.getByRole("row", { name: /^All cohorts/ })).toContainText("$");
  await months.getByRole("button", { name: "Weeks" }).click();
  await expect(page).toHaveURL(/grain=week/);
  const weeks = grid(page, "week");
  await weeks.getByRole("button", { name: "Cost of who left" }).click();
  await expect(weeks).toContainText("who had cost");
  expect(await namelessParts(page)).toEqual([]);
}); // prettier-ignore

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { card, exactUsd, visit } from "./screen";

/** What the feature's calls of the running month cost, by the ledger. */
async function costOfMonth(feature: string): Promise<string> {
  const rows = await ledger<{ usd: string }>(
    `SELECT trim_scale(coalesce(sum(cost_usd), 0))::text AS usd FROM call JOIN tenant USING (tenant_id)
     WHERE slug = 'demo' AND feature = $1
       AND date_trunc('month', occurred_at AT TIME ZONE time_zone) = date_trunc('month', now() AT TIME ZONE time_zone)`,
    [feature],
  );
  return only(rows).usd;
}

const rowOf = (page: Page, name: string) =>
  card(page, "What each may cost")
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) });

test.describe("who may set budgets", () => {
  test.use({ person: "owner" });

  test("gives a feature a budget, follows it to its forecast, changes it, ends it and has it back", async ({
    page,
  }) => {
    const feature = "code-review";
    // A walk that was cut short left one behind.
    await ledger(
      `UPDATE budget SET valid_to = now() FROM tenant WHERE tenant.tenant_id = budget.tenant_id AND slug = 'demo'
         AND subject_key = $1 AND valid_to IS NULL`,
      [feature],
    );
    await visit(page, "/demo/budgets");
    await page.getByRole("button", { name: "New budget" }).first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Budget of").selectOption("feature");
    await form.getByLabel("Name").fill(feature);
    await expect(form).toContainText(/cost \$[\d,.]+\./);
    await form.getByLabel("Amount in USD").fill("0.50");
    await form.getByRole("button", { name: "Save the budget" }).click();
    await expect(page.getByText(`${feature} has a budget.`)).toBeVisible();

    const row = rowOf(page, feature);
    expect(await exactUsd(row.getByRole("button", { name: /explain/ }).locator("data"))).toBe(
      await costOfMonth(feature),
    );
    await expect(row).toContainText(/\$[\d,.]+ – \$[\d,.]+/);
    await expect(page.getByText(/is exceeded already|are exceeded already|will be exceeded/)).toBeVisible();

    await row.getByRole("link", { name: feature }).click();
    await expect(page.getByRole("heading", { name: feature, level: 1 })).toBeVisible();
    await expect(page.getByText(/too much\.$/)).toBeVisible();
    await expect(card(page, "How good its forecasts were").getByRole("row")).toHaveCount(5);
    await page.getByRole("button", { name: "Change the budget" }).click();
    await page.getByRole("dialog").getByLabel("Amount in USD").fill("90000");
    await page.getByRole("dialog").getByRole("button", { name: "Save the change" }).click();
    await expect(page.getByText(/to spare\.$/)).toBeVisible();
    const history = card(page, "History of the budget a month").getByRole("listitem");
    await expect(history.first()).toContainText("$90,000.00");

    await page.getByRole("button", { name: "End it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End the budget" }).click();
    await expect(page.getByRole("button", { name: "Set a budget" })).toBeVisible();
    const told = page.getByRole("listitem").filter({ hasText: `The budget of ${feature} has ended.` });
    await told.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(/to spare\.$/)).toBeVisible();
  });
});

test.describe("who only looks", () => {
  test.use({ person: "viewer" });

  test("sees budgets and changes none", async ({ page }) => {
    await visit(page, "/demo/budgets");
    await expect(page.getByRole("heading", { name: "What each may cost" })).toBeVisible();
    await expect(page.getByRole("button", { name: "New budget" })).toHaveCount(0);
  });
});

import type { Page } from "@playwright/test";
import { demoFacts } from "@/tests/setup/demo";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { addKey } from "./own-tenant";
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

/** A walk that was cut short left one behind. */
const endBudgetOf = (feature: string) =>
  ledger(
    `UPDATE budget SET valid_to = now() FROM tenant WHERE tenant.tenant_id = budget.tenant_id AND slug = 'demo'
       AND subject_key = $1 AND valid_to IS NULL`,
    [feature],
  );

/** As an app of the demo tenant does. */
async function askGate(key: string, procedure: "reserve" | "settle", body: object) {
  const answer = await fetch(`${demoFacts().url}/api/trpc/gate.${procedure}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { result } = (await answer.json()) as { result?: { data: { outcome?: string } } };
  return { status: answer.status, outcome: result?.data.outcome };
}

test.describe("who may set budgets", () => {
  test.use({ person: "owner" });

  test("has a budget enforced after being asked, and sees what the gate reserves and settles of it", async ({
    page,
  }) => {
    // Of its own: what was settled on a budget stays when it ends and is set again.
    const feature = `gate-walk-${String(Date.now())}`;
    await visit(page, "/demo/budgets");
    await page.getByRole("button", { name: "New budget" }).first().click();
    const form = page.getByRole("dialog").filter({ hasText: "New budget" });
    await form.getByLabel("Name").fill(feature);
    await form.getByLabel("Amount in USD").fill("1");
    await form.getByLabel("At the gate").selectOption("deny");
    await form.getByRole("button", { name: "Save the budget" }).click();
    const asked = page.getByRole("dialog", { name: `Enforce the budget of ${feature}?` });
    await expect(asked).toContainText("beyond $1.00 a month are refused until the next month begins");
    await expect(asked).toContainText("$0.00 is used this month so far.");
    await asked.getByRole("button", { name: "Back" }).click();
    await expect(form.getByLabel("At the gate")).toHaveValue("deny");
    await form.getByRole("button", { name: "Save the budget" }).click();
    await asked.getByRole("button", { name: "Enforce it" }).click();
    await expect(page.getByText(`${feature} has a budget.`)).toBeVisible();
    const row = rowOf(page, feature);
    await expect(row).toContainText("refuses calls");
    await expect(card(page, "The gate")).toContainText("by refusing calls");

    const { id } = only(
      await ledger<{ id: string }>("SELECT tenant_id AS id FROM tenant WHERE slug = 'demo'"),
    );
    const key = await addKey(id, "gate");
    const call = `walk-${String(Date.now())}`;
    const estimate = (costUsd: string) => ({ feature, estimate: { costUsd } });
    expect((await askGate(key, "reserve", { key: call, ...estimate("0.4") })).outcome).toBe("allow");
    await visit(page, "/demo/budgets");
    await expect(row).toContainText("$0.40 / $0.00");
    expect((await askGate(key, "settle", { key: call, actual: { costUsd: "0.25" } })).status).toBe(200);
    expect((await askGate(key, "reserve", { key: `${call}-2`, ...estimate("0.76") })).outcome).toBe("deny");
    await visit(page, "/demo/budgets");
    await expect(row).toContainText("$0.00 / $0.25");
    await endBudgetOf(feature);
  });

  test("is asked before the gate refuses more, and can have it as it was", async ({ page }) => {
    const stored = () =>
      ledger<{ unpriced: string }>(
        "SELECT settings->>'unpriced' AS unpriced FROM gate_setting JOIN tenant USING (tenant_id) WHERE slug = 'demo'",
      );
    await ledger(
      "DELETE FROM gate_setting USING tenant WHERE tenant.tenant_id = gate_setting.tenant_id AND slug = 'demo'",
    );
    await visit(page, "/demo/budgets");
    await page.getByRole("button", { name: "Gate settings" }).click();
    const form = page.getByRole("dialog", { name: "How the gate behaves" });
    await form.getByLabel("Calls without a price").selectOption("deny");
    await form.getByLabel("USD for a run, at most").fill("nothing");
    await expect(form).toContainText("An amount such as 20 or 2.50, or nothing.");
    await expect(form.getByRole("button", { name: "Save the settings" })).toBeDisabled();
    await form.getByLabel("USD for a run, at most").fill("12.50");
    await form.getByRole("button", { name: "Save the settings" }).click();
    const asked = page.getByRole("dialog", { name: "Refuse more calls?" });
    await expect(asked.getByRole("listitem")).toHaveText([
      "Where a budget is enforced, calls without a price are refused.",
      "A run that states no limit of its own is stopped before it costs more than $12.50.",
    ]);
    await asked.getByRole("button", { name: "Back" }).click();
    expect(await stored()).toEqual([]);
    await form.getByRole("button", { name: "Save the settings" }).click();
    await asked.getByRole("button", { name: "Refuse them" }).click();
    await expect(page.getByText("The gate’s settings were changed.")).toBeVisible();
    const gate = card(page, "The gate");
    await expect(gate).toContainText("calls without a price are refused.");
    expect(await stored()).toEqual([{ unpriced: "deny" }]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(gate).toContainText("calls without a price are refused until somebody confirms them.");
    expect(await stored()).toEqual([{ unpriced: "ask" }]);
  });

  test("gives a feature a budget, follows it to its forecast, changes it, ends it and has it back", async ({
    page,
  }) => {
    const feature = "code-review";
    await endBudgetOf(feature);
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
    await expect(card(page, "The gate").getByRole("listitem").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Gate settings" })).toHaveCount(0);
  });
});

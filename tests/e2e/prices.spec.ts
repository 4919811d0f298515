import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { addUsd, costOf, lastDays, ledger, only } from "./ledger";
import { card, exactUsd, visit } from "./screen";

const model = { provider: "google", name: "gemini-2.5-flash", neighbour: "gemini-2.5-pro" };
const modelPath = `/demo/prices/model?provider=${model.provider}&model=${model.name}`;

const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: false }) });

/** What the model's calls since that day cost, by the ledger. */
async function costSince(day: string): Promise<{ calls: number; usd: string }> {
  return only(
    await ledger<{ calls: number; usd: string }>(
      `SELECT count(*)::int AS calls, trim_scale(coalesce(sum(cost_usd), 0))::text AS usd
       FROM call JOIN tenant USING (tenant_id)
       WHERE slug = 'demo' AND provider = $1 AND model = $2
         AND occurred_at >= ($3::date::timestamp AT TIME ZONE time_zone)`,
      [model.provider, model.name, day],
    ),
  );
}

interface AskedCall {
  id: string;
  cost: string;
  input: number;
  output: number;
  day: string;
}

/** The model's newest call of input and output alone, so that two rates tell all of its cost. */
async function newestPlainCall(): Promise<AskedCall> {
  return only(
    await ledger<AskedCall & Record<string, unknown>>(
      `SELECT call_id AS id, trim_scale(cost_usd)::text AS cost, fresh_input_tokens::int AS input,
         (visible_output_tokens + reasoning_tokens)::int AS output,
         to_char((now() AT TIME ZONE time_zone)::date - 6, 'YYYY-MM-DD') AS day
       ${lastDays} AND provider = $3 AND model = $4 AND cost_usd IS NOT NULL AND NOT batch
         AND cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens = 0
         AND fresh_input_tokens > 0 AND visible_output_tokens > 0
       ORDER BY occurred_at DESC, call_id DESC LIMIT 1`,
      ["demo", 5, model.provider, model.name],
    ),
  );
}

test.describe("who may change prices", () => {
  test.use({ person: "owner" });

  test("takes a contract from its rates to calls priced anew, and sees each step", async ({ page }) => {
    test.setTimeout(120_000);
    const call = await newestPlainCall();
    const before = await costSince(call.day);
    // Rates that no earlier walk has said, so that this one changes something.
    const { walks } = only(
      await ledger<{ walks: number }>("SELECT count(*)::int AS walks FROM contract_version"),
    );
    const rates = { input: `0.2${String(walks)}`, output: `1.7${String(walks)}` };
    const note = `Contract of walk ${String(walks)}`;

    await visit(page, "/demo/prices");
    await expect(card(page, "Coming changes")).toContainText(/your bill moves by \+\$[\d.,]+ a month/);
    await rowOf(page, model.name).getByRole("link").click();
    await expect(page.getByRole("heading", { name: model.name, level: 1 })).toBeVisible();

    await page.getByRole("button", { name: "Add contract rates" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Valid from").fill(call.day);
    await form.getByLabel("Input", { exact: true }).fill(rates.input);
    await form.getByLabel("Output", { exact: true }).fill(rates.output);
    await form.getByLabel("Note").fill(note);
    await form.getByRole("button", { name: "Add the rates" }).click();
    await expect(form).toHaveCount(0);
    const through = card(page, "Through time").getByRole("row").filter({ hasText: "now" });
    await expect(through).toContainText("your contract");
    await expect(card(page, "Who said what").getByRole("listitem").first()).toContainText(note);
    expect(await costSince(call.day), "a price alone changes no call").toEqual(before);

    await page.getByRole("link", { name: "See what repricing would change" }).click();
    await expect(form.getByLabel("Provider")).toHaveValue(model.provider);
    await expect(form.getByLabel("Model")).toHaveValue(model.name);
    await expect(form.getByLabel("From")).toHaveValue(call.day);
    await expect(form.getByLabel("Why")).toHaveValue(note);
    await form.getByRole("button", { name: "Work out the preview" }).click();
    await expect(page.getByRole("heading", { name: note, level: 1 })).toBeVisible();
    await expect(page.getByText("waits for approval")).toBeVisible({ timeout: 60_000 });
    const changes = card(page, "What would change").getByRole("row");
    await expect(changes.nth(1)).toBeVisible();
    expect(await costSince(call.day), "a preview changes no call").toEqual(before);
    const difference = page.getByText("Difference in all").locator("xpath=..").locator("data");
    const foretold = (await difference.getAttribute("value")) ?? "";

    await page.getByRole("button", { name: "Approve and apply" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Approve and apply" }).click();
    await expect(page.getByText("applied", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(card(page, "What changed").getByRole("row").nth(1)).toBeVisible();
    const after = await costSince(call.day);
    expect(after).toEqual({ calls: before.calls, usd: addUsd([before.usd, foretold]) });

    const cost = addUsd([
      costOf(call.input, rates.input, 1_000_000),
      costOf(call.output, rates.output, 1_000_000),
    ]);
    expect(cost).not.toBe(call.cost);
    await visit(page, `/demo/calls?f=model:${model.name}`);
    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("button", { name: `Open call ${call.id}` }) });
    expect(await exactUsd(row.locator("data"))).toBe(cost);
    await row.getByRole("button").click();
    const drawer = page.getByRole("dialog");
    expect(await exactUsd(drawer.locator("data").first())).toBe(cost);
    const history = drawer.locator("section").filter({ has: page.getByRole("heading", { name: "Before" }) });
    await expect(history.getByRole("listitem").first()).toContainText("Priced anew");
    await expect(history.getByRole("listitem").first()).toContainText(`$${call.cost}`);
  });

  test("gives a discount on all of a provider, and takes it back", async ({ page }) => {
    await visit(page, "/demo/prices");
    const row = rowOf(page, model.neighbour);
    await expect(row).toContainText("$1.25");
    await page.getByRole("button", { name: "Add a discount" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Of", { exact: true }).selectOption(`all of ${model.provider}`);
    await form.getByLabel("Percent").fill("20");
    await form.getByRole("button", { name: "Add it" }).click();
    await expect(row).toContainText("20% off");
    await expect(row, "the rate is what a call costs now").toContainText("$1.00");

    await row.getByRole("link").click();
    const said = card(page, "Who said what").getByRole("listitem").filter({ hasText: "20% off" }).first();
    await said.getByRole("button", { name: "Withdraw" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await expect(said).toContainText("withdrawn");
    await visit(page, "/demo/prices");
    await expect(row).toContainText("$1.25");
    await expect(row).not.toContainText("off");
  });

  test("is led from a model without a price to its form", async ({ page }) => {
    await visit(page, "/demo/prices");
    const row = page.getByRole("row").filter({ hasText: "unpriced" });
    await expect(row).toContainText("not known");
    await row.getByRole("link", { name: "Add contract rates" }).click();
    await expect(page.getByRole("dialog")).toContainText("Contract rates for");
    await expect(page.getByRole("dialog").getByLabel("Valid from")).toBeFocused();
  });
});

test.describe("who may only look", () => {
  test.use({ person: "viewer" });

  test("sees prices and runs, and nothing that changes them", async ({ page }) => {
    const actions =
      /^(Add a discount|Add contract rates|Withdraw|New preview|Approve and apply|Discard|Close .+)$/;
    const offered = page.getByRole("main").getByRole("button", { name: actions });
    await visit(page, "/demo/prices");
    await expect(rowOf(page, model.name)).toBeVisible();
    await expect(offered).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Add contract rates" })).toHaveCount(0);
    await visit(page, `${modelPath}&add=contract`);
    await expect(page.getByRole("heading", { name: "Who said what" })).toBeVisible();
    await expect(offered).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await visit(page, `/demo/prices/repricing?provider=${model.provider}&model=${model.name}`);
    await expect(page.getByRole("heading", { name: "Closed months" })).toBeVisible();
    await expect(offered).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { root } from "@/server/launch/root";
import { demoFacts } from "@/tests/setup/demo";
import { reportSpend } from "./door";
import { expect, test } from "./fixtures";
import { addUsd, costOf, dataFolder, ledger, plainUsd, sumOfFeature } from "./ledger";
import { exactUsd, visit } from "./screen";

const file = `happened,llm,person,tokens_sent,tokens_made,area
2024-03-01T10:00:00Z,gpt-4o,ann,1000,200,imported-search
2024-03-01T11:00:00+05:30,gpt-4o,ben,2000,0,imported-search
yesterday,gpt-4o,ann,10,10,imported-search
2024-03-02 09:30:00,gpt-4o,cyd,1500,75,imported-search
2024-03-02 09:30:00,gpt-4o,cyd,1500,75,imported-search
2024-03-03 12:00:00,gpt-4o,dan,-5,75,imported-search
`;
const meanings = {
  happened: "occurredAt",
  llm: "model",
  person: "userId",
  tokens_sent: "usage.inputTokens",
  tokens_made: "usage.outputTokens",
  area: "feature",
};

async function upload(page: Page): Promise<void> {
  await visit(page, "/globex/imports");
  await page
    .getByLabel("File to import")
    .setInputFiles({ name: "old-calls.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  for (const [column, field] of Object.entries(meanings))
    await page.getByLabel(`Column ${column} is`).selectOption(field);
  await page.getByLabel("Provider").fill("openai");
  await page.getByLabel("Provider").press("Tab");
}

async function expectFigures(page: Page, figures: Record<string, number>): Promise<void> {
  for (const [label, count] of Object.entries(figures)) {
    const figure = page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) });
    await expect(figure.locator("dd")).toHaveText(String(count));
  }
}

test.describe("a small file", () => {
  test.use({ person: "globexOwner" });

  test("is mapped, tried out, imported once, and known the second time", async ({ page }) => {
    await upload(page);
    await expect(page.getByText("Dry run of the first 6 rows; nothing is stored yet")).toBeVisible();
    await expectFigures(page, { Good: 4, Rejected: 2, Unpriced: 0, "Without a feature": 0 });
    const rejections = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: /rejected/ }) });
    const lines = rejections.last().getByRole("listitem");
    await expect(lines.filter({ hasText: /^line 4/ })).toContainText(/occurredAt.*(time|date|instant)/i);
    await expect(lines.filter({ hasText: /^line 7/ })).toContainText("usage.inputTokens");
    await expect(lines).toHaveCount(2);
    expect((await sumOfFeature("globex", "imported-search")).calls).toBe(0);
    const foreseen = await exactUsd(page.locator("dl data"));

    await page.getByRole("button", { name: "Import the file" }).click();
    await expect(page.getByRole("heading", { name: "old-calls.csv", level: 1 })).toBeVisible();
    await expect(page.getByText("done", { exact: true })).toBeVisible();
    await expectFigures(page, { "Rows read": 6, Added: 4, "In the ledger already": 0, Rejected: 2 });
    await expect(page.getByRole("listitem").filter({ hasText: /^line 4/ })).toBeVisible();
    const stored = await sumOfFeature("globex", "imported-search");
    expect(stored).toMatchObject({ calls: 4, inputTokens: 6000, outputTokens: 350, costUsd: foreseen });

    await upload(page);
    await page.getByRole("button", { name: "Import the file" }).click();
    await expect(page.getByText("done", { exact: true })).toBeVisible();
    await expectFigures(page, { "Rows read": 6, Added: 0, "In the ledger already": 4, Rejected: 2 });
    expect(await sumOfFeature("globex", "imported-search")).toEqual(stored);
    await page.getByRole("link", { name: "All imports" }).click();
    await expect(
      page.getByRole("link", { name: /old-calls\.csv.*0 added · 4 known · 2 rejected/ }),
    ).toBeVisible();
    await expect(
      page.getByRole("link", { name: /old-calls\.csv.*4 added · 0 known · 2 rejected/ }),
    ).toBeVisible();
  });
});

// A production trace of an LLM conversation service: Azure/AzurePublicDataset, CC BY 4.0.
const trace = join(dirname(root), "shared", "data", "azure-llm-trace-2023-conv.csv");

test.describe("the Azure trace", () => {
  test.use({ person: "owner" });
  test.skip(() => {
    const isAbsent = !existsSync(trace);
    if (isAbsent)
      console.log("The Azure trace is not beside this checkout (../shared/data): its import is not tested.");
    return isAbsent;
  });

  async function importTrace(): Promise<string> {
    const map = [
      "occurredAt=TIMESTAMP",
      "usage.inputTokens=ContextTokens",
      "usage.outputTokens=GeneratedTokens",
    ];
    const set = ["provider=openai", "model=gpt-4o", "feature=conversation"];
    const options = [...map.flatMap((pair) => ["--map", pair]), ...set.flatMap((pair) => ["--set", pair])];
    const args = ["--import", "tsx", "server/imports/cli.ts", trace, "--tenant", "demo", ...options];
    // Not the whole environment: a DATABASE_URL in it would win over the data folder.
    const env = { NODE_ENV: "production", PATH: process.env.PATH, DATA_DIR: dataFolder() } as const;
    return (await promisify(execFile)(process.execPath, args, { cwd: root, env })).stdout;
  }

  /** Line by line, as anybody could with the file and two prices. */
  async function plainSum() {
    const rates = await ledger<{ unit: string; usd: string; per: number }>(
      `SELECT unit, usd::text AS usd, per FROM price_rate r JOIN price_version v ON v.id = r.version_id
       WHERE provider = 'openai' AND model = 'gpt-4o' AND tier_start = 0 AND unit IN ('fresh_input', 'visible_output')
         AND valid_from <= '2023-11-16' AND valid_to > '2023-11-17'`,
    );
    const rateOf = (unit: string) => {
      const rate = rates.find((one) => one.unit === unit);
      if (!rate) throw new Error(`gpt-4o has no rate for ${unit} on that day.`);
      return rate;
    };
    const rows = readFileSync(trace, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const sum = (at: number) => rows.reduce((total, row) => total + Number(row[at]), 0);
    const [input, output] = [rateOf("fresh_input"), rateOf("visible_output")];
    return {
      calls: rows.length,
      inputTokens: sum(1),
      outputTokens: sum(2),
      costUsd: addUsd([costOf(sum(1), input.usd, input.per), costOf(sum(2), output.usd, output.per)]),
    };
  }

  test("gives the plain sum over the file, to the last digit, however often it is imported", async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const truth = await plainSum();
    const { url, readKey } = demoFacts();
    const day = { from: "2023-11-16", to: "2023-11-17", filter: { feature: ["conversation"] } };
    const expectTruth = async () => {
      const { total } = await reportSpend(url, readKey, day);
      expect({ ...total, costUsd: plainUsd(total.costUsd) }).toMatchObject({ ...truth, unpricedCalls: 0 });
      expect(await sumOfFeature("demo", "conversation")).toMatchObject(truth);
    };
    expect(await importTrace()).toContain("19,366 calls stored, 0 were there already, 0 bad");
    await expect(expectTruth).toPass({ timeout: 60_000 });
    expect(await importTrace()).toContain("0 calls stored, 19,366 were there already, 0 bad");
    await expectTruth();

    await visit(page, "/demo/imports");
    const runs = page.getByRole("link", { name: /azure-llm-trace-2023-conv\.csv/ });
    await expect(runs.first()).toContainText("0 added · 19,366 known · 0 rejected");
    await expect(runs.nth(1)).toContainText("19,366 added · 0 known · 0 rejected");
    await visit(page, "/demo/calls?f=feature:conversation&from=2023-11-16&to=2023-11-17&order=dearest");
    const total = page.getByRole("region", { name: "Total of these days" });
    await expect(total).toContainText(`${truth.calls.toLocaleString("en-US")} calls`);
    await expect(total).toContainText(`${truth.inputTokens.toLocaleString("en-US")} tokens in`);
    await expect(total).toContainText(`${truth.outputTokens.toLocaleString("en-US")} tokens out`);
    expect(await exactUsd(total.locator("data"))).toBe(truth.costUsd);
    const [dearest] = await ledger<{ id: string; cost: string }>(
      `SELECT call_id AS id, trim_scale(cost_usd)::text AS cost FROM call JOIN tenant USING (tenant_id)
       WHERE slug = 'demo' AND feature = 'conversation' ORDER BY cost_usd DESC, occurred_at DESC, call_id DESC LIMIT 1`,
    );
    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("button") })
      .first();
    await expect(row.getByRole("button", { name: `Open call ${dearest?.id ?? ""}` })).toBeVisible();
    expect(await exactUsd(row.locator("data"))).toBe(dearest?.cost);
  });
});

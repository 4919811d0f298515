import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { seedContext, seedTenant } from "@/prisma/seed/seed-tenant";
import { recordCalls } from "@/server/calls/record";
import { importFile } from "@/server/imports/import-file";
import { ImportMapping } from "@/server/imports/schemas";
import { withClient } from "@/server/launch/provision";
import { root } from "@/server/launch/root";
import { appendSnapshot } from "@/server/prices/append-snapshot";
import { testDatabase } from "@/tests/setup/database";

// A production trace of an LLM conversation service: Azure/AzurePublicDataset, CC BY 4.0.
const file = join(dirname(root), "shared", "data", "azure-llm-trace-2023-conv.csv");
const isHere = existsSync(file);
if (!isHere)
  console.log(
    "The Azure trace is not beside this checkout (../shared/data), so its import is not tested here.",
  );

const mapping = ImportMapping.parse({
  columns: {
    occurredAt: "TIMESTAMP",
    "usage.inputTokens": "ContextTokens",
    "usage.outputTokens": "GeneratedTokens",
  },
  set: { provider: "openai", model: "gpt-4o", feature: "conversation" },
});
const ctx = seedContext({ slug: "trace" });
const ignore = () => Promise.resolve();

/** Decimal text of tenths of a microdollar. */
function usd(tenths: bigint): string {
  return `${(tenths / 10_000_000n).toString()}.${(tenths % 10_000_000n).toString().padStart(7, "0")}${"0".repeat(11)}`;
}

async function ledger(): Promise<Record<string, string> | undefined> {
  const sql = `SELECT count(*)::text AS calls, sum(fresh_input_tokens)::text AS input, sum(visible_output_tokens)::text AS output, sum(cost_usd)::text AS cost
    FROM call WHERE tenant_id = $1 AND source = 'import'`;
  return withClient(
    testDatabase().adminUrl,
    async (client) => (await client.query<Record<string, string>>(sql, [ctx.tenant.id])).rows[0],
  );
}

describe.runIf(isHere)("the Azure trace", () => {
  beforeAll(async () => {
    await appendSnapshot({ now: new Date() });
    await seedTenant(ctx);
  });

  it("is in the ledger to the last digit, and importing it twice changes nothing", async () => {
    const rows = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const sum = (at: number) => rows.reduce((total, row) => total + BigInt((row[at] ?? "").trim()), 0n);
    const [input, output] = [sum(1), sum(2)];
    const rates = await withClient(testDatabase().adminUrl, async (client) => {
      const sql = `SELECT unit, usd::text, per FROM price_rate r JOIN price_version v ON v.id = r.version_id
        WHERE provider = 'openai' AND model = 'gpt-4o' AND tier_start = 0 AND valid_from <= '2023-11-16' AND valid_to > '2023-11-17'`;
      return new Map(
        (await client.query<{ unit: string; usd: string; per: number }>(sql)).rows.map(
          ({ unit, usd: rate, per }) => [unit, { rate, per }],
        ),
      );
    });
    const tenths = (unit: string) => {
      const { rate = "0", per = 0 } = rates.get(unit) ?? {};
      expect(per).toBe(1_000_000);
      // Per million tokens: ten times the rate in USD is tenths of a microdollar a token.
      return BigInt(Math.round(Number(rate) * 10));
    };
    const expected = {
      calls: "19366",
      input: String(input),
      output: String(output),
      cost: usd(input * tenths("fresh_input") + output * tenths("visible_output")),
    };
    const source = { file, format: "csv" as const, mapping };
    expect(await importFile(ctx, source, ignore)).toMatchObject({
      rowsRead: 19_366,
      accepted: 19_366,
      rejected: 0,
      unpriced: 0,
    });
    expect(await ledger()).toEqual(expected);
    expect(await importFile(ctx, source, ignore)).toMatchObject({
      accepted: 0,
      duplicates: 19_366,
      rejected: 0,
    });
    expect(await ledger()).toEqual(expected);
  }, 120_000);

  it("one of its lines, sent twice by each of 50 parallel requests, is one row", async () => {
    const [, context, generated] = (readFileSync(file, "utf8").split("\n")[100] ?? "").trim().split(",");
    const call = {
      id: "line-100",
      occurredAt: new Date().toISOString(),
      provider: "openai",
      model: "gpt-4o",
      usage: { inputTokens: Number(context), outputTokens: Number(generated) },
    };
    const before = (await ledger())?.calls;
    const send = () =>
      recordCalls({ ...ctx, now: new Date() }, { calls: [call, call] }, { source: "import" });
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    const total = (name: "accepted" | "duplicates") => answers.reduce((sum, answer) => sum + answer[name], 0);
    expect([total("accepted"), total("duplicates")]).toEqual([1, 99]);
    expect(Number((await ledger())?.calls) - Number(before)).toBe(1);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { addDiscount } from "@/server/contracts/add-discount";
import { freshTenantBook } from "@/server/contracts/load-tenant-book";
import { counterfactual } from "@/server/recommendations/counterfactual";
import type { EvidenceOf, Finding, Kind } from "@/server/recommendations/schemas";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { type Look, lookForSavings } from "./look";
import { lookedAt } from "./looked";
import { couldWait, sampleCalls } from "./sample-query";

// Clocks go back in New York within these 30 days, 21 October to 19 November.
const timeZone = "America/New_York";
const now = new Date("2026-11-20T12:00:00Z");
const first = "2026-10-21";
const at = (day: number, minutes: number) =>
  new Date(startOfDay(addDays(first, day), timeZone).getTime() + minutes * 60_000).toISOString();

const haiku = { provider: "anthropic", model: "claude-haiku-4-5" };
const sonnet = { provider: "anthropic", model: "claude-sonnet-4-5" };
const gpt4o = { provider: "openai", model: "gpt-4o" };
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

const calls = [
  // Nobody waits for these: five a day, by day and by night, without a user.
  ...times(150, (n) => ({ ...haiku, id: `wait-${String(n)}`, feature: "enrich", occurredAt: at(Math.floor(n / 5), 60 + (n % 5) * 270), usage: { inputTokens: 40_000 + n, outputTokens: 10 + n } })),
  ...times(3, (n) => ({ ...haiku, id: `batched-${String(n)}`, feature: "enrich", batch: true, occurredAt: at(n, 61), usage: { inputTokens: 900_000 } })),
  ...times(3, (n) => ({ ...haiku, id: `step-${String(n)}`, feature: "enrich", runId: "run", occurredAt: at(n, 62), usage: { inputTokens: 900_000 } })),
  // Small and large calls of a dear model; on the last minute of the range and the first after it.
  ...times(300, (n) => ({ ...gpt4o, id: `class-${String(n)}`, feature: "classify", userId: "ann", occurredAt: at(n % 30, 600 + n), usage: n % 3 === 0 ? { inputTokens: 9_000, outputTokens: 700 } : { inputTokens: 3_000 + (n % 1_000), outputTokens: n % 201, cacheReadTokens: 500 } })),
  { ...gpt4o, id: "last", feature: "classify", userId: "ann", occurredAt: at(30, -1), usage: { inputTokens: 4_000, outputTokens: 200 } },
  { ...gpt4o, id: "after", feature: "classify", userId: "ann", occurredAt: at(30, 0), usage: { inputTokens: 4_000, outputTokens: 200 } },
  // A long prompt, ten calls a day two minutes apart.
  ...times(300, (n) => ({ ...sonnet, id: `assist-${String(n)}`, feature: "assist", userId: "bo", prompt: { id: "assist", version: n < 150 ? "1" : "2" }, occurredAt: at(Math.floor(n / 10), 700 + (n % 10) * 2), usage: { inputTokens: 12_000 + (n % 50), outputTokens: 300 } })),
  // A version that trebled on the twentieth day.
  ...times(300, (n) => ({ ...gpt4o, id: `mail-${String(n)}`, feature: "mail", userId: "cy", prompt: { id: "mail", version: n < 200 ? "1" : "2" }, occurredAt: at(Math.floor(n / 10), (n % 10) * 140), usage: { inputTokens: (n < 200 ? 5_000 : 15_000) + (n % 7), outputTokens: 300 } })),
  // Four attempts, of which the last one answers.
  ...times(160, (n) => ({ ...sonnet, id: `agent-${String(n)}`, feature: "agent", userId: "di", rootRequestId: `root-${String(n % 40)}`, attempt: 1 + Math.floor(n / 40), occurredAt: at(n % 4, 900 + (n % 40) * 5 + Math.floor(n / 40)), usage: { inputTokens: 10_000 }, ...(n < 120 ? { errorClass: "timeout", billed: "yes" } : {}) })),
]; // prettier-ignore

async function store(tenant: Tenant, some: readonly unknown[]): Promise<void> {
  const ctx = contextOf(tenant, system, now);
  for (let from = 0; from < some.length; from += 400) {
    const answer = await recordCalls(ctx, { calls: some.slice(from, from + 400) }, { source: "test", anyAge: true }); // prettier-ignore
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(ctx)).more);
}

let tenant: Tenant;
let look: Look;
const reader = (of = tenant) => contextOf(of, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(new Date("2026-10-01T00:00:00Z"));
  await asAdmin("SELECT create_month(m::date) FROM unnest('{2026-10-01,2026-11-01}'::text[]) AS m");
  tenant = await makeTenant({ timeZone });
  await addDiscount(contextOf(tenant, personWith("owner"), new Date("2026-10-01T00:00:00Z")), { provider: "anthropic", factor: "0.9", validFrom: "2026-10-01", note: "test" }); // prettier-ignore
  await store(tenant, calls);
  look = await lookForSavings(reader());
}, 120_000);

function found<Of extends Kind>(kind: Of): Finding & { evidence: EvidenceOf<Of> } {
  const ofKind = look.findings.filter(({ evidence }) => evidence.kind === kind);
  expect(ofKind.map(({ subject }) => subject.feature)).toHaveLength(1);
  return ofKind[0] as Finding & { evidence: EvidenceOf<Of> };
}

/** One row of the ledger's 30 days. */
async function plainly(select: string, where: string): Promise<Record<string, string>> {
  const [row] = await asAdmin<Record<string, string>>(
    `SELECT ${select} FROM call WHERE tenant_id = $1 AND (occurred_at AT TIME ZONE $2)::date BETWEEN '2026-10-21' AND '2026-11-19' AND ${where}`,
    [tenant.id, timeZone],
  );
  return row ?? {};
}
const usd = (sql: string) => `trim_scale(${sql})::text`;

describe("savings are those of a plain sum over the ledger", () => {
  it("of batches, at the tenant's own rates", async () => {
    const { savingUsd, lowUsd, highUsd, evidence, subject } = found("batch");
    const plain = await plainly(
      // $1 and $5 a million less a tenth; a batch takes half of that.
      `${usd("sum(fresh_input_tokens * 0.45 + visible_output_tokens * 2.25) / 1000000")} AS saving, ${usd("sum(cost_usd)")} AS cost, count(*)::text AS calls`,
      "feature = 'enrich' AND NOT batch AND run_id IS NULL",
    );
    expect(subject).toMatchObject({ feature: "enrich", ...haiku });
    expect([savingUsd, evidence.costUsd, String(evidence.calls)]).toEqual([
      plain.saving,
      plain.cost,
      plain.calls,
    ]);
    expect(evidence).toMatchObject({ calls: 150, pricedCalls: 150, sampledCalls: 150, sign: "withoutUser", signShare: "1" }); // prettier-ignore
    expect(Number(lowUsd)).toBeLessThan(Number(savingUsd));
    expect(Number(highUsd)).toBeGreaterThan(Number(savingUsd));
  });

  it("of small calls of a dear model", async () => {
    const { savingUsd, evidence, subject } = found("model");
    const plain = await plainly(
      `${usd("sum(fresh_input_tokens * 2.35 + cache_read_tokens * 1.175 + visible_output_tokens * 9.4) / 1000000")} AS saving, count(*)::text AS calls`,
      "feature = 'classify' AND visible_output_tokens <= 200 AND fresh_input_tokens + cache_read_tokens <= 4000",
    );
    expect(subject).toMatchObject({ feature: "classify", ...gpt4o });
    expect([savingUsd, String(evidence.smallCalls)]).toEqual([plain.saving, plain.calls]);
    expect(evidence).toMatchObject({ calls: 301, smallCalls: 201, toModel: "gpt-4o-mini", isInUse: false, modelShare: "1" }); // prettier-ignore
  });

  it("of a prompt's beginning, read from a cache", async () => {
    const { savingUsd, lowUsd, highUsd, evidence, subject } = found("cache");
    const [plain] = await asAdmin<Record<string, string>>(
      `WITH own AS (SELECT fresh_input_tokens, occurred_at - lag(occurred_at) OVER (PARTITION BY prompt_version ORDER BY occurred_at) <= interval '5 minutes' AS follows
         FROM call WHERE tenant_id = $1 AND feature = 'assist'),
       facts AS (SELECT count(*) AS calls, count(*) FILTER (WHERE follows) AS hits, percentile_disc(0.05) WITHIN GROUP (ORDER BY fresh_input_tokens) AS shortest FROM own)
       SELECT hits::text AS hits, shortest::text AS shortest,
         ${usd("(shortest / 2) * (0.75 * hits * 2.43 - (calls - 0.75 * hits) * 0.675) / 1000000")} AS saving,
         ${usd("(shortest / 2) * (0.5 * hits * 2.43 - (calls - 0.5 * hits) * 0.675) / 1000000")} AS low,
         ${usd("shortest * (hits * 2.43 - (calls - hits) * 0.675) / 1000000")} AS high FROM facts`,
      [tenant.id],
    );
    expect(subject).toMatchObject({ feature: "assist", prompt: "assist", ...sonnet });
    expect(plain?.hits).toBe("270");
    for (const [mine, theirs] of [[savingUsd, plain?.saving], [lowUsd, plain?.low], [highUsd, plain?.high]]) expect(Number(mine)).toBeCloseTo(Number(theirs), 12); // prettier-ignore
    expect(String(evidence.prefixTokens)).toBe(plain?.shortest);
    expect(evidence).toMatchObject({ followShare: "0.9", hitRate: "0.675", freshUsdPerMillion: "2.7", readUsdPerMillion: "0.27", surchargeUsdPerMillion: "0.675" }); // prettier-ignore
  });

  it("of a heavier version of a prompt", async () => {
    const { savingUsd, evidence, subject } = found("prompt");
    const plain = await plainly(
      `${usd(`round(sum(cost_usd) FILTER (WHERE prompt_version = '2') - count(*) FILTER (WHERE prompt_version = '2') *
        (sum(cost_usd) FILTER (WHERE prompt_version = '1' AND (occurred_at AT TIME ZONE 'America/New_York')::date >= '2026-11-03') /
          count(*) FILTER (WHERE prompt_version = '1' AND (occurred_at AT TIME ZONE 'America/New_York')::date >= '2026-11-03')), 18)`)} AS saving`,
      "feature = 'mail'",
    );
    expect(subject).toMatchObject({ feature: "mail", prompt: "mail", version: "2" });
    expect(Number(savingUsd)).toBeCloseTo(Number(plain.saving), 15);
    expect(evidence).toMatchObject({ previousVersion: "1", changedOn: "2026-11-10", calls: 100 });
    expect(evidence.before).toMatchObject({ calls: 70, inputTokensPerCall: 5_003, successRate: "1" });
  });

  it("of retries, by what had failed before", async () => {
    const { savingUsd, evidence, subject } = found("retry");
    const plain = await plainly(
      `${usd("sum(cost_usd) FILTER (WHERE attempt > 1) / 2")} AS saving, count(*) FILTER (WHERE attempt > 1)::text AS calls, ${usd("sum(cost_usd)")} AS cost`,
      "feature = 'agent'",
    );
    expect(subject).toMatchObject({ feature: "agent", cause: "timeout" });
    expect([savingUsd, String(evidence.retryCalls), evidence.featureCostUsd]).toEqual([
      plain.saving,
      plain.calls,
      plain.cost,
    ]);
  });

  it("and everything that was looked at is told", async () => {
    const plain = await plainly(`count(*)::text AS calls, ${usd("sum(cost_usd)")} AS cost`, "true");
    expect([String(look.facts.calls), look.facts.costUsd]).toEqual([plain.calls, plain.cost]);
    expect([look.first, look.last]).toEqual(["2026-10-21", "2026-11-19"]);
    expect(look.facts.looked.batch).toEqual({ candidates: 1, found: 1 });
  });
});

it("a sample is the same each time, is scaled up to all, and its interval holds the true saving", async () => {
  const ctx = reader();
  const book = await freshTenantBook(ctx);
  const looked = await lookedAt(ctx, book);
  const subject = { feature: "enrich", ...haiku, prompt: null, version: null, cause: null };
  const take = (limit?: number) => ctx.db.rollup((db) => sampleCalls(db, looked, subject, couldWait, limit));
  const some = await take(60);
  expect(await take(60)).toEqual(some);
  expect([some.total, some.calls.length]).toEqual([150, 60]);
  const told = counterfactual(book, some.calls, some.total, looked.days, { batch: true });
  const truth = Number(found("batch").savingUsd);
  expect(told.low.toNumber()).toBeLessThan(truth);
  expect(told.high.toNumber()).toBeGreaterThan(truth);
  expect(Math.abs(told.saving.toNumber() / truth - 1)).toBeLessThan(0.02);
});

it("of another tenant's calls nothing is found", async () => {
  const other = await makeTenant({ timeZone });
  expect(await lookForSavings(reader(other))).toMatchObject({
    findings: [],
    facts: { calls: 0, costUsd: "0" },
  });
});

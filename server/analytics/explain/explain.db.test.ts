import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordCalls } from "@/server/calls/record";
import { addContractRates } from "@/server/contracts/add-contract-rates";
import { addDiscount } from "@/server/contracts/add-discount";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { type Door, openDoor } from "@/tests/factories/door";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listPrice } from "@/tests/ledger/made-prices";
import { spend } from "../spend";
import { explain } from "./explain";
import { Figure, ratios, sums } from "./explain-schemas";

const now = new Date("2026-11-20T12:00:00Z");
const scope = { from: "2026-11-01", to: "2026-11-21", filter: {} };
const long = new Date("2020-01-01T00:00:00Z");
let tenant: Tenant;
let other: Tenant;
let door: Door;
let key: string;
const reader = (who = tenant) => contextOf(who, personWith("viewer"), now);

const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-10T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  feature: "chat",
  latencyMs: 700,
  usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 300, reasoningTokens: 10 },
  ...more,
});

async function store(who: Tenant, calls: unknown[]): Promise<void> {
  const answer = await recordCalls(contextOf(who, system, now), { calls }, { source: "api" });
  expect(answer.rejected).toEqual([]);
  await rollUp(contextOf(who, system, now));
}

beforeAll(async () => {
  await loadPrices(now);
  await listPrice("made-1", { input: "1", output: "10" }, long);
  await listPrice(
    "made-1",
    { input: "2", output: "20" },
    new Date("2021-01-01T00:00:00Z"),
    new Date("2026-11-12T10:07:00Z"),
  );
  tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
  other = await makeTenant();
  await addContractRates(contextOf(tenant, personWith("admin"), new Date("2026-10-01T00:00:00Z")), {
    provider: "openai",
    model: "gpt-4o-mini",
    feature: "mail",
    note: "deal",
    rates: [
      { service: "standard", unit: "fresh_input", tierStart: 0, usd: "0.1", per: 1_000_000 },
      { service: "standard", unit: "visible_output", tierStart: 0, usd: "0.3", per: 1_000_000 },
    ],
  });
  await addDiscount(contextOf(tenant, personWith("admin"), new Date("2026-10-01T00:00:00Z")), { provider: "anthropic", factor: "0.9", note: "ten off" }); // prettier-ignore
  const plain = { inputTokens: 1_000_000, outputTokens: 100_000 };
  await store(tenant, [
    call("a", { userId: "u1" }),
    call("b", { userId: "u2", attempt: 2, feature: "mail" }),
    call("c", { feature: undefined, errorClass: "timeout", billed: "unknown" }),
    call("d", { provider: "acme", model: "in-house-7b" }),
    call("e", { provider: "acme", model: "in-house-8b", reportedCostUsd: "0.000000000000000007" }),
    call("f", { batch: true, model: "gpt-4o-2024-05-13" }),
    call("g", { kind: "tool", provider: undefined, model: undefined, usage: { toolUnits: 3 } }),
    call("h", { occurredAt: "2026-11-20T11:30:00Z", feature: "mail", userId: "u1" }),
    call("one", { model: "made-1", usage: plain, occurredAt: "2026-11-12T09:59:00Z" }),
    call("two", { model: "made-1", usage: plain, occurredAt: "2026-11-12T10:14:00Z" }),
    call("three", { model: "made-1", usage: plain, occurredAt: "2026-11-13T10:14:00Z" }),
    call("mini-mail", { model: "gpt-4o-mini", feature: "mail", usage: plain }),
    call("mini-chat", { model: "gpt-4o-mini", usage: plain }),
    call("claude", { provider: "anthropic", model: "claude-sonnet-4-5", usage: plain }),
  ]);
  await store(other, [call("a", { feature: "theirs" })]);
  key = (await createKey(contextOf(tenant, system, now), { name: "read", scopes: ["read"] })).key;
  door = await openDoor();
});
afterAll(() => door.close());

/** Asks as a program would, and takes the figure from where the path says. */
async function byApi({ procedure, input, path }: { procedure: string; input: unknown; path: string }) {
  const answer = await door.query(procedure, input, { authorization: `Bearer ${key}` });
  expect(answer.status, answer.text).toBe(200);
  let found: unknown = JSON.parse(answer.text);
  for (const name of path.split(".").slice(1)) found = (found as Record<string, unknown>)[name];
  return z.union([z.string(), z.number().transform(String), z.null()]).parse(found);
}

/** Each sum straight from the ledger. */
const plainSums: Record<(typeof sums)[number], string> = {
  calls: "count(*)",
  inputTokens: "sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)",
  outputTokens: "sum(visible_output_tokens + reasoning_tokens + audio_output_tokens)",
  cacheReadTokens: "sum(cache_read_tokens)",
  cacheWriteTokens: "sum(cache_write_5m_tokens + cache_write_1h_tokens)",
  reasoningTokens: "sum(reasoning_tokens)",
  costUsd: "trim_scale(sum(cost_usd))",
  unpricedCalls: "count(*) FILTER (WHERE cost_usd IS NULL)",
  unpricedTokens: "sum(fresh_input_tokens + cache_read_tokens + visible_output_tokens + reasoning_tokens) FILTER (WHERE cost_usd IS NULL)",
  partialCalls: "count(*) FILTER (WHERE price_status = 'partial')",
  estimatedCalls: "count(*) FILTER (WHERE price_status = 'estimated')",
  reportedCalls: "count(*) FILTER (WHERE price_status = 'reported')",
  errorCalls: "count(*) FILTER (WHERE error_class IS NOT NULL)",
  retryCalls: "count(*) FILTER (WHERE attempt > 1)",
  retryCostUsd: "trim_scale(sum(cost_usd) FILTER (WHERE attempt > 1))",
  latencyMs: "sum(latency_ms)",
  latencyCalls: "count(latency_ms)",
}; // prettier-ignore
const ledgerSum = async (figure: (typeof sums)[number], where = "true") =>
  (await asAdmin<{ sum: string }>(`SELECT coalesce(${plainSums[figure]}, 0)::text AS sum FROM call WHERE tenant_id = $1 AND ${where}`, [tenant.id]))[0]?.sum; // prettier-ignore

describe("a figure that adds up", () => {
  it.each(sums)("%s is the ledger's, and that of the API call, to the digit", async (figure) => {
    const answer = await explain(reader(), { figure, scope });
    const value = await ledgerSum(figure);
    expect(answer.formula.value).toBe(value);
    expect(await byApi(answer.api)).toBe(value);
    const group = { by: "feature", key: "mail" } as const;
    const grouped = await explain(reader(), { figure, scope, group });
    const ofMail = await ledgerSum(figure, "feature = 'mail'");
    expect(grouped.formula.value).toBe(ofMail);
    expect(await byApi(grouped.api)).toBe(ofMail);
    expect(grouped.api.procedure).toBe("reports.spend");
  });
});

describe("a figure that is divided", () => {
  it.each(ratios)("%s is what the API call says, and its terms are the report's", async (figure) => {
    const answer = await explain(reader(), { figure, scope });
    expect(await byApi(answer.api)).toBe(answer.formula.value);
    const { total } = await spend(reader(), scope);
    const terms = [answer.formula.numerator, answer.formula.denominator].map((term) => term?.value);
    const priced = String(total.calls - total.unpricedCalls);
    const expected: Partial<Record<(typeof ratios)[number], unknown[]>> = {
      costPerCall: [total.costUsd, priced],
      cacheHitRate: [String(total.cacheReadTokens), String(total.inputTokens)],
      errorRate: ["1", "14"],
    };
    if (expected[figure]) expect(terms).toEqual(expected[figure]);
  });

  it("is a share of the scope for a group", async () => {
    const group = { by: "feature", key: "mail" } as const;
    const answer = await explain(reader(), { figure: "costShare", scope, group });
    const [part, whole] = [await ledgerSum("costUsd", "feature = 'mail'"), await ledgerSum("costUsd")];
    expect(answer.formula.value).toBe(
      new Usd(part ?? 0)
        .div(whole ?? 0)
        .toDecimalPlaces(6)
        .toFixed(),
    );
    expect(await byApi(answer.api)).toBe(answer.formula.value);
  });
});

describe("what is lacking or may change", () => {
  it("tells calls by how their cost is known", async () => {
    const { calls } = await explain(reader(), { figure: "costUsd", scope });
    const statuses = await asAdmin<{ status: string; n: string }>("SELECT price_status AS status, count(*) AS n FROM call WHERE tenant_id = $1 GROUP BY 1", [tenant.id]); // prettier-ignore
    const { total, unpricedTokens, ...told } = calls;
    expect(Object.fromEntries(Object.entries(told).filter(([, n]) => n > 0))).toEqual(
      Object.fromEntries(statuses.map(({ status, n }) => [status, Number(n)])),
    );
    expect(Object.values(told).reduce((sum, n) => sum + n, 0)).toBe(total);
    expect(total).toBe(14);
    expect(told.unpriced).toBeGreaterThan(0);
    expect(unpricedTokens).toBe(1100);
  });

  it("tells what came after the watermark, of the group alone", async () => {
    const { provisional, watermark } = await explain(reader(), { figure: "costUsd", scope });
    const perCall = await ledgerSum("costUsd", "call_id = 'h'");
    expect(watermark.finalThrough).toBe("2026-11-20T11:00:00.000Z");
    expect(provisional).toEqual({ from: "2026-11-20T11:00:00.000Z", calls: 1, costUsd: perCall });
    const group = (name: string) => ({ by: "user", key: name }) as const;
    expect((await explain(reader(), { figure: "calls", scope, group: group("u1") })).provisional?.calls).toBe(
      1,
    );
    expect((await explain(reader(), { figure: "calls", scope, group: group("u2") })).provisional?.calls).toBe(
      0,
    );
    const past = { ...scope, to: "2026-11-19" };
    expect((await explain(reader(), { figure: "costUsd", scope: past })).provisional).toBeNull();
  });

  it("says how much of the scope has the tag of the table", async () => {
    const ask = async (filter: object, name: string | null) =>
      (await explain(reader(), { figure: "costUsd", scope: { ...scope, filter }, group: { by: "feature", key: name } })).coverage; // prettier-ignore
    const costUsd = await ledgerSum("costUsd");
    const taggedUsd = await ledgerSum("costUsd", "feature IS NOT NULL");
    const expected = { by: "feature", costUsd, taggedUsd, taggedCalls: 13, calls: 14 };
    expect(await ask({}, "mail")).toMatchObject(expected);
    expect(await ask({}, null)).toMatchObject(expected);
    expect(await ask({ feature: ["mail"] }, "mail")).toMatchObject({ share: "1", taggedCalls: 3, calls: 3 });
    expect((await explain(reader(), { figure: "costUsd", scope })).coverage).toBeNull();
  });

  it("tells corrections apart", async () => {
    const who = await makeTenant();
    await store(who, [call("x")]);
    // Without the run that booked it, which does not matter here.
    await asAdmin(
      `SET session_replication_role = replica;
       INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd, price_status, kind, provider, model)
       SELECT tenant_id, occurred_at, call_id, gen_random_uuid(), '2026-11-15T00:00:00Z', '2026-11-01', cost_usd + 0.25, 0.25, price_status, kind, provider, model
       FROM call WHERE tenant_id = '${who.id}'`,
    );
    expect((await explain(reader(who), { figure: "costUsd", scope })).corrections).toEqual({ usd: "0.25", calls: 1 }); // prettier-ignore
  });
});

describe("prices in force", () => {
  const pricesOf = async (filter: object = {}) =>
    (await explain(reader(), { figure: "costUsd", scope: { ...scope, filter } })).prices;

  it("are told apart where one changed, with what was used at each", async () => {
    const { inForce, notes } = await pricesOf({ model: ["made-1"] });
    expect(inForce.map(({ from, to, calls, costUsd, price }) => ({ from, to, calls, costUsd, validFrom: price?.validFrom, rates: price?.rates.map(({ usd }) => usd) }))).toEqual([
      { from: "2026-11-12T10:00:00.000Z", to: "2026-11-20T18:30:00.000Z", calls: 2, costUsd: "8", validFrom: "2026-11-12T10:07:00.000Z", rates: ["2", "20"] },
      { from: "2026-10-31T18:30:00.000Z", to: "2026-11-12T10:00:00.000Z", calls: 1, costUsd: "2", validFrom: null, rates: ["1", "10"] },
    ]); // prettier-ignore
    expect(inForce[0]?.price).toMatchObject({ layer: "platform", source: "platform", sourceVersion: "test", factor: "1" }); // prettier-ignore
    expect(notes.join(" ")).toContain("quarter hour in which a price changed");
  });

  it("are those of a contract for the feature that it is for, and the list's for the others", async () => {
    const { inForce } = await pricesOf({ model: ["gpt-4o-mini"] });
    expect(inForce.map(({ calls, costUsd, price }) => [price?.layer, price?.feature, price?.note, calls, costUsd])).toEqual([
      ["list", null, "", 1, "0.21"],
      ["contract", "mail", "deal", 1, "0.13"],
    ]); // prettier-ignore
  });

  it("carry the discount, and name nobody's price as such", async () => {
    const { inForce } = await pricesOf();
    expect(inForce.find(({ provider }) => provider === "anthropic")?.price).toMatchObject({ factor: "0.9", note: "ten off" }); // prettier-ignore
    expect(inForce.find(({ model }) => model === "in-house-7b")).toMatchObject({ price: null, calls: 1, unpricedCalls: 1, costUsd: "0" }); // prettier-ignore
  });

  it("add up to the figure, as far as calls name a model", async () => {
    const { inForce, left } = await pricesOf();
    expect(left).toBeNull();
    const sum = inForce.reduce((total, { costUsd }) => total.plus(costUsd), new Usd(0)).toFixed();
    expect(sum).toBe(await ledgerSum("costUsd", "model <> ''"));
    expect(inForce.reduce((total, { calls }) => total + calls, 0)).toBe(13);
  });
});

describe("what it refuses", () => {
  it.each<[string, object]>([
    ["a share of no group", { figure: "costShare", scope }],
    ["a group that the filter leaves out", { figure: "costUsd", scope: { ...scope, filter: { feature: ["chat"] } }, group: { by: "feature", key: "mail" } }],
    ["people and prompts together", { figure: "costUsd", scope: { ...scope, filter: { prompt: ["p"] } }, group: { by: "user", key: "u" } }],
    ["a range that is none", { figure: "costUsd", scope: { ...scope, to: scope.from } }],
  ])("%s", async (_case, input) => {
    const answer = await door.query("reports.explain", input, { authorization: `Bearer ${key}` });
    expect(answer.status, answer.text).toBe(400);
  }); // prettier-ignore

  it("who may not read reports, and nothing of another tenant's is in it", async () => {
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(explain(ingest, { figure: "calls", scope })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const theirs = await explain(reader(), {
      figure: "calls",
      scope,
      group: { by: "feature", key: "theirs" },
    });
    expect(theirs.formula.value).toBe("0");
  });
});

it("every figure can be asked for", async () => {
  for (const figure of Figure.options) {
    const group = { by: "model", key: "gpt-4o" } as const;
    expect((await explain(reader(), { figure, scope, group })).formula.sentence).not.toMatch(/NaN|undefined/);
  }
});

import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Ctx, Tenant } from "@/server/context";
import { startCounting } from "@/server/metrics/count-query";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { befall as befallAs, type Move, type MovingLedger, movingLedger } from "./moving-ledger";
import { differences, falls, plainLedger, type Scrape, scrape } from "./scrape";

const now = new Date("2026-11-20T12:00:00Z");
const seed = 20261121;
const histories = 60;

const admin = new Client({ connectionString: testDatabase().adminUrl });
const befall = (tenantId: string, move: Move) => befallAs(admin, tenantId, move);

beforeAll(async () => {
  await admin.connect();
  await asAdmin("SELECT create_month(DATE '2026-10-01')");
});
afterAll(() => admin.end());

class Killed extends Error {}

/** A process that dies when everything is done and nothing is committed. */
async function die(ctx: Ctx): Promise<void> {
  const rollup: Ctx["db"]["rollup"] = (fn) =>
    ctx.db.rollup(async (db) => {
      await fn(db);
      throw new Killed();
    });
  await expect(rollUp({ ...ctx, db: { ...ctx.db, rollup } })).rejects.toBeInstanceOf(Killed);
}

interface Lived {
  faults: string[];
  scrapes: Scrape[];
}

/** Lives a history through and reads the metrics after every roll-up. */
async function live({ maxSeries, maxErrorTypes, moves }: MovingLedger): Promise<Lived> {
  let tenant = await makeTenant();
  const ctx = () => contextOf(tenant, system, now);
  await ctx().db.rollup((db) => startCounting(db, tenant.id, now));
  await asAdmin("UPDATE metric_state SET max_series = $2, max_error_types = $3 WHERE tenant_id = $1", [tenant.id, maxSeries, maxErrorTypes]); // prettier-ignore
  const lived: Lived = { faults: [], scrapes: [] };
  for (const move of [...moves, { kind: "roll" } satisfies Move]) {
    if (move.kind === "die") {
      await die(ctx());
      continue;
    }
    await befall(tenant.id, move);
    if (move.kind === "zone") tenant = { ...tenant, timeZone: move.timeZone };
    if (move.kind !== "roll") continue;
    while ((await rollUp(ctx())).more);
    const read = await scrape(tenant, now);
    const last = lived.scrapes.at(-1);
    lived.faults.push(...differences(read.ledger, await plainLedger(tenant, read)));
    if (last) lived.faults.push(...falls(last.counters, read.counters));
    for (const name of last?.named ?? [])
      if (!read.named.has(name)) lived.faults.push(`${name} lost its name`);
    if (read.named.size > maxSeries) lived.faults.push(`${read.named.size} names, not ${maxSeries}`);
    lived.scrapes.push(read);
  }
  return lived;
}

it(
  `no counter falls and counter + correction is the ledger, in ${histories} random histories`,
  { timeout: 300_000 },
  async () => {
    const seen = { scrapes: 0, figures: 0, corrected: 0, others: 0 };
    for (const history of fc.sample(movingLedger, { seed, numRuns: histories })) {
      const { faults, scrapes } = await live(history);
      expect(faults, JSON.stringify(history)).toEqual([]);
      for (const { counters, ledger } of scrapes) {
        seen.scrapes += 1;
        seen.figures += ledger.size;
        seen.corrected += [...counters].filter(([key, value]) => ledger.get(key) !== value).length;
        seen.others += [...counters.keys()].filter((key) => key.includes('["other","other","other","other","other"]')).length; // prettier-ignore
      }
    }
    // Else nothing was tried.
    expect(seen.corrected).toBeGreaterThan(500);
    expect(seen.others).toBeGreaterThan(500);
    console.info(
      `metrics: ${histories} histories (seed ${seed}), ${seen.scrapes} scrapes, ${seen.figures} figures exact, ${seen.corrected} of them by a correction, ${seen.others} of "other"`,
    );
  },
);

const call = { minute: 0, provider: "openai", model: "gpt-4o", feature: "chat", team: null, environment: null, error: null, tokens: 0, cost: "10", shares: 1 } as const; // prettier-ignore
const add = (more: Partial<typeof call | { feature: string; cost: string | null; minute: number }>): Move => ({ kind: "add", calls: [{ ...call, ...more }] }); // prettier-ignore
const roll: Move = { kind: "roll" };
const dollars = 10n ** 18n;

/** Counter and ledger of what features cost, after the last roll-up. */
async function costsAfter(moves: Move[], maxSeries = 200) {
  const { faults, scrapes } = await live({ maxSeries, maxErrorTypes: 10, moves });
  expect(faults).toEqual([]);
  const last = scrapes.at(-1);
  const costs: Record<string, [counted: number, ledger: number]> = {};
  for (const [key, value] of last?.counters ?? []) {
    const [metric, tags] = JSON.parse(key) as [string, string[]];
    if (metric === "llm_cost_usd")
      costs[tags[2] ?? ""] = [Number(value / dollars), Number((last?.ledger.get(key) ?? 0n) / dollars)];
  }
  return costs;
}

it.each<[name: string, moves: Move[], costs: Record<string, [counted: number, ledger: number]>, max?: number]>([
  ["what is spent is counted", [add({}), roll, add({ minute: 1 })], { chat: [20, 20] }],
  ["a second roll-up counts nothing", [add({}), roll, roll, roll], { chat: [10, 10] }],
  ["a lower price is a correction", [add({}), roll, repriced("4")], { chat: [10, 4] }],
  ["a higher price is counted", [add({}), roll, repriced("14")], { chat: [14, 14] }],
  ["what is spent after a fall is counted, not swallowed until the old height is reached",
    [add({}), roll, repriced("1"), roll, add({ minute: 60, cost: "5" })], { chat: [15, 6] }],
  ["a fall of another day does not swallow what is spent today, though both are rolled up at once",
    [add({}), roll, repriced("1"), add({ minute: 3 * 1440, cost: "5" })], { chat: [15, 6] }],
  ["a feature that is renamed stays at its value", [add({}), roll, { kind: "rename", from: "chat", to: "talk" }], { chat: [10, 0], talk: [10, 10] }],
  ["another zone moves nothing", [add({ minute: 30 }), add({ minute: 1430 }), roll, { kind: "zone", timeZone: "Asia/Kathmandu" }, roll, { kind: "zone", timeZone: "America/Havana" }], { chat: [20, 20] }],
  ["another zone moves nothing, whatever changed meanwhile", [add({}), roll, { kind: "zone", timeZone: "Asia/Kathmandu" }, add({ minute: 1440, cost: "3" })], { chat: [13, 13] }],
  ["a process that dies counts nothing twice", [add({}), { kind: "die" }, roll, { kind: "die" }], { chat: [10, 10] }],
  ["beyond the cap all is other, and a name stays where it is", [add({}), roll, add({ feature: "big", cost: "90" }), roll, add({ minute: 5 })], { chat: [20, 20], other: [90, 90] }, 1],
  ["of those that come together the dearest get names", [add({}), add({ feature: "big", cost: "90" })], { big: [90, 90], other: [10, 10] }, 1],
])("%s", async (_, moves, costs, max) => expect(await costsAfter(moves, max)).toEqual(costs)); // prettier-ignore

/** All calls, whichever third they belong to. */
function repriced(cost: string): Move {
  return { kind: "reprice", pick: -1, cost };
}

it("counts what is there already when it begins, once", async () => {
  const tenant: Tenant = await makeTenant();
  const ctx = contextOf(tenant, system, now);
  await befall(tenant.id, add({}));
  while ((await rollUp(ctx)).more);
  // As after an update from a release that did not count.
  await asAdmin("DELETE FROM metric_state WHERE tenant_id = $1", [tenant.id]);
  expect(await asAdmin("SELECT FROM metric_counter WHERE tenant_id = $1", [tenant.id])).toEqual([]);
  await expect(scrape(tenant, now)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await befall(tenant.id, add({ minute: 1 }));
  while ((await rollUp(ctx)).more);
  const read = await scrape(tenant, now);
  expect(differences(read.counters, await plainLedger(tenant, read))).toEqual([]);
});

it("counts once, however many roll up at once", async () => {
  const tenant = await makeTenant();
  await befall(tenant.id, add({}));
  await Promise.all(Array.from({ length: 4 }, () => rollUp(contextOf(tenant, system, now))));
  const read = await scrape(tenant, now);
  expect(differences(read.counters, await plainLedger(tenant, read))).toEqual([]);
});

it("keeps tenants apart, whatever they call things", async () => {
  const [one, other] = [await makeTenant(), await makeTenant()];
  await befall(one.id, add({ feature: "secret" }));
  await befall(other.id, add({ cost: "1" }));
  for (const tenant of [one, other]) while ((await rollUp(contextOf(tenant, system, now))).more);
  expect([...(await scrape(other, now)).named]).toEqual([
    JSON.stringify(["openai", "gpt-4o", "chat", "", ""]),
  ]);
});

it("a tenant without a call has nothing but its freshness", async () => {
  expect((await scrape(await makeTenant(), now)).ledger).toEqual(new Map());
});

/** Each spoils what was counted a little; the comparison must see it. */
it.each([
  ["a counter by its last digit", "UPDATE metric_counter SET counted = counted + 0.000000000000000001 WHERE measure = 'cost_usd'"],
  ["a ledger by its last digit", "UPDATE metric_counter SET ledger = ledger - 0.000000000000000001 WHERE measure = 'cost_usd'"],
  ["a token", "UPDATE metric_counter SET ledger = ledger + 1 WHERE measure = 'output_tokens'"],
  ["a series", "DELETE FROM metric_counter WHERE measure = 'calls'"],
])("sees %s (mutation control)", async (name, sql) => {
  const tenant = await makeTenant();
  await befall(tenant.id, add({}));
  await rollUp(contextOf(tenant, system, now));
  const before = await scrape(tenant, now);
  await asAdmin(`${sql} ${sql.includes("WHERE") ? "AND" : "WHERE"} tenant_id = $1`, [tenant.id]);
  const after = await scrape(tenant, now);
  const seen = name.startsWith("a counter")
    ? differences(before.counters, after.counters)
    : differences(after.ledger, await plainLedger(tenant, before));
  expect(seen.length).toBeGreaterThan(0);
}); // prettier-ignore

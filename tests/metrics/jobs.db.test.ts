import { beforeAll, expect, it } from "vitest";
import { advanceOpenRun } from "@/server/attribution/advance-run";
import { applyRule } from "@/server/attribution/apply-rule";
import { saveRule } from "@/server/attribution/save-rule";
import { spend } from "@/server/analytics/spend";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "../factories/tenant";
import { listPrice } from "../ledger/made-prices";
import { reprice } from "../ledger/reprice";
import { differences, falls, plainLedger, scrape, units } from "./scrape";

const now = new Date("2026-11-20T12:00:00Z");
const model = "house-of-metrics";

beforeAll(async () => {
  await listPrice(model, { input: "1", output: "2" }, new Date("2026-08-01T00:00:00Z"));
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-09-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

const call = (id: string, day: string, feature: string) => ({
  id,
  occurredAt: `2026-${day}T12:00:00Z`,
  provider: "openai",
  model,
  feature,
  usage: { inputTokens: 1_000_000, outputTokens: 500_000 },
});

/** USD by feature: counted, and as the ledger has it. */
async function costs(tenant: Tenant) {
  const { counters, ledger } = await scrape(tenant, now);
  const dollars = (value: bigint) => Number(value) / 1e18;
  return Object.fromEntries(
    [...counters].flatMap(([key, value]) => {
      const [metric, tags] = JSON.parse(key) as [string, string[]];
      return metric === "llm_cost_usd"
        ? [[tags[2] ?? "", [dollars(value), dollars(ledger.get(key) ?? 0n)]]]
        : [];
    }),
  );
}

it("follows the product's own jobs: a closed month that is corrected, an open one priced anew, a rule that moves calls", async () => {
  const tenant = await makeTenant();
  const job = () => contextOf(tenant, system, now);
  const roll = async () => {
    while ((await rollUp(job())).more);
  };
  const calls = [call("sep", "09-15", "chat"), call("oct", "10-15", "search"), call("nov", "11-05", "chat")];
  const stored = await recordCalls(contextOf(tenant, system, new Date("2026-11-10T00:00:00Z")), { calls }, { source: "test", anyAge: true }); // prettier-ignore
  expect(stored.rejected).toEqual([]);
  await roll();
  const first = await scrape(tenant, now);
  expect(await costs(tenant)).toEqual({ chat: [4, 4], search: [2, 2] });

  await closePeriod(contextOf(tenant, personWith("finance"), new Date("2026-11-12T00:00:00Z")), {
    month: "2026-09",
  });
  // Dearer for two days, then cheaper than ever; each is said to have been so always.
  await listPrice(model, { input: "2", output: "2" }, new Date("2026-11-15T00:00:00Z"));
  await reprice(tenant, { from: "2026-09-01", to: "2026-12-01" }, new Date("2026-11-16T00:00:00Z"));
  // September's is a correction, and there at once; the others wait for the roll-up.
  expect(await costs(tenant)).toEqual({ chat: [4, 5], search: [2, 2] });
  await roll();
  expect(await costs(tenant)).toEqual({ chat: [5, 6], search: [3, 3] });

  await listPrice(model, { input: "0.5", output: "1" }, new Date("2026-11-17T00:00:00Z"));
  await reprice(tenant, { from: "2026-09-01", to: "2026-12-01" }, new Date("2026-11-18T00:00:00Z"));
  await roll();
  expect(await costs(tenant)).toEqual({ chat: [5, 2], search: [3, 1] });

  const admin = contextOf(tenant, personWith("admin"), now);
  const rule = await saveRule(admin, {
    name: "Search is finding",
    conditions: [{ field: "feature", op: "is", value: "search" }],
    sets: { feature: "finding" },
  });
  await applyRule(admin, { id: rule.id, from: "2026-10-01", to: "2026-11-21" });
  while ((await advanceOpenRun(job(), {})).more);
  await roll();
  expect(await costs(tenant)).toEqual({ chat: [5, 2], search: [3, 0], finding: [1, 1] });

  const last = await scrape(tenant, now);
  expect(falls(first.counters, last.counters)).toEqual([]);
  expect(differences(last.ledger, await plainLedger(tenant, last))).toEqual([]);
  // What every screen shows: calls, and corrections beside them.
  const { total } = await spend(admin, { from: "2026-09-01", to: "2026-12-01" });
  const shown = units(total.costUsd) + units(total.corrections?.usd ?? "0");
  const all = [...last.ledger].filter(([key]) => key.startsWith('["llm_cost_usd"')).map(([, value]) => value);
  expect(all.reduce((sum, value) => sum + value, 0n)).toBe(shown);
});

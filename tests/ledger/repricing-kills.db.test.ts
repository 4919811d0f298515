import { beforeAll, expect, it } from "vitest";
import { rollUp } from "@/server/rollups/roll-up";
import { closePeriod } from "@/server/periods/close";
import { withClient } from "@/server/launch/provision";
import { applyUnderKills } from "../bench/apply-under-kills";
import { closedMonth, fillLedger, judge, receivedAt, scope } from "../bench/reprice-story";
import { asAdmin, contextOf, makeTenant, personWith, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { differencesSql } from "./plain-sums";
import { approve, previewed, show } from "./reprice";
import type { Tenant } from "@/server/context";

const now = new Date("2026-11-20T12:00:00Z");
const calls = 20_000;
const admin = <T>(fn: Parameters<typeof withClient<T>>[1]) => withClient(testDatabase().adminUrl, fn);
const roll = async () => {
  while ((await rollUp(contextOf(tenant, system, now))).more);
};
let tenant: Tenant;
let runId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  await admin((client) => fillLedger(client, tenant.id, calls));
  await roll();
  await closePeriod(contextOf(tenant, personWith("finance"), receivedAt), { month: closedMonth });
  runId = await previewed(tenant, scope, now);
  await approve(tenant, runId, now);
}, 120_000);

it("a repricing that is killed twice on the way changes every call once and ends in the right total", async () => {
  const seen: number[] = [];
  const { kills } = await admin((client) =>
    applyUnderKills({
      admin: client,
      environment: {},
      tenantId: tenant.id,
      runId,
      kills: 2,
      onProgress: (progress) => seen.push(progress.seen),
    }),
  );
  expect(kills).toBe(2);
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
  const verdict = await admin((client) => judge(client, tenant.id, runId, calls));
  expect(verdict.faults).toEqual([]);
  expect(await show(tenant, runId, now)).toMatchObject({
    state: "done",
    progress: { seen: calls, total: calls },
  });
  await roll();
  expect((await asAdmin(differencesSql)).slice(0, 3)).toEqual([]);
  console.info(
    `repricing: ${String(calls)} calls, ${String(kills)} kills, ${String(verdict.changed)} changed, ${String(verdict.corrected)} corrected, $${verdict.totalUsd} as expected`,
  );
}, 120_000);

/** Each falsifies the result a little; the verdict must see it. */
it.each([
  ["a call priced twice", "INSERT INTO call_history (tenant_id, occurred_at, call_id, superseded_at, cause, price_status) SELECT tenant_id, occurred_at, call_id, superseded_at, cause, price_status FROM call_history LIMIT 1"],
  ["a call that was left out", "UPDATE call SET cost_usd = cost_usd * 2 WHERE model = 'bench-large' AND occurred_at > '2026-11-01' AND call_id LIKE '%44'"],
  ["an amount that is off by its last digit", "UPDATE call_correction SET delta_usd = delta_usd + 0.000000000000000001 WHERE n = (SELECT min(n) FROM call_correction)"],
  ["a closed call that changed", "UPDATE call SET cost_usd = 1 WHERE call_id = (SELECT call_id FROM call_correction LIMIT 1)"],
  ["a run that lost count", "UPDATE reprice_run SET calls_seen = calls_seen + 1"],
])("sees %s (mutation control)", async (_, sabotage) => {
  const { faults } = await admin(async (client) => {
    await client.query("BEGIN");
    await client.query(sabotage);
    const verdict = await judge(client, tenant.id, runId, calls);
    await client.query("ROLLBACK");
    return verdict;
  });
  expect(faults.length).toBeGreaterThan(0);
}); // prettier-ignore

import { refreshAll } from "@/server/activity/refresh";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { sumRecentDays } from "@/server/rollups/sum-recent-days";
import { asAdmin, contextOf, system } from "./tenant";

/** Nobody may send what is older than five weeks. */
const daysTogether = 30;

/** Calls as an app sends them in the days in which they occur, summed up and counted at `at`. */
export async function store(
  tenant: Tenant,
  calls: readonly { occurredAt: string }[],
  at: Date,
): Promise<void> {
  const stretches = new Map<number, { occurredAt: string }[]>();
  for (const call of calls) {
    const stretch = Math.floor(Date.parse(call.occurredAt) / (daysTogether * 86_400_000));
    stretches.set(stretch, [...(stretches.get(stretch) ?? []), call]);
  }
  for (const together of stretches.values()) {
    const newest = Math.max(...together.map(({ occurredAt }) => Date.parse(occurredAt)));
    const sent = contextOf(tenant, system, new Date(Math.min(at.getTime(), newest + 60_000)));
    for (let from = 0; from < together.length; from += 500) {
      const part = { calls: together.slice(from, from + 500) };
      const { rejected } = await recordCalls(sent, part, { source: "api" });
      if (rejected.length > 0) throw new Error(`A call was rejected: ${JSON.stringify(rejected[0])}`);
    }
  }
  await count(tenant, at);
}

/** Sums up and counts whatever waits, as if it had come at `at`. */
export async function count(tenant: Tenant, at: Date): Promise<void> {
  const ctx = contextOf(tenant, system, at);
  await asAdmin("UPDATE rollup_dirty SET marked_at = $2 WHERE tenant_id = $1", [tenant.id, at]);
  while ((await rollUp(ctx)).more);
  await sumRecentDays(ctx);
  await refreshAll(ctx);
}

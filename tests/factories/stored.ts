import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { refreshAll } from "@/server/activity/refresh";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, system } from "./tenant";

/** Calls as an app sends them, received at `at`, summed up and counted. */
export async function store(tenant: Tenant, calls: readonly unknown[], at: Date): Promise<void> {
  const ctx = contextOf(tenant, system, at);
  // As many as one request may hold.
  for (let from = 0; from < calls.length; from += 500) {
    const { rejected } = await recordCalls(ctx, { calls: calls.slice(from, from + 500) }, { source: "api" });
    if (rejected.length > 0) throw new Error(`A call was rejected: ${JSON.stringify(rejected[0])}`);
  }
  await count(tenant, at);
}

/** Sums up and counts whatever waits, as if it had come at `at`. */
export async function count(tenant: Tenant, at: Date): Promise<void> {
  const ctx = contextOf(tenant, system, at);
  await asAdmin("UPDATE rollup_dirty SET marked_at = $2 WHERE tenant_id = $1", [tenant.id, at]);
  while ((await rollUp(ctx)).more);
  await refreshAll(ctx);
}

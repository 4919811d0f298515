import { LRUCache } from "lru-cache";
import type { Ctx } from "@/server/context";
import { readPolicy } from "./queries";
import type { TenantPolicy } from "./schemas";

/** How long a process may go by a policy that it has not looked up again. */
const freshForMs = 5_000;
const known = new LRUCache<string, { policy: Promise<TenantPolicy>; readMs: number }>({ max: 10_000 });

/** How the tenant wants its calls attributed, at most 5 s old. @throws DomainError UNAVAILABLE: then we do not know */
export function currentPolicy(ctx: Ctx): Promise<TenantPolicy> {
  const entry = known.get(ctx.tenant.id);
  const nowMs = performance.now();
  if (entry && nowMs - entry.readMs < freshForMs) return entry.policy;
  const policy = ctx.db.ingest((db) => readPolicy(db, ctx.tenant.id));
  known.set(ctx.tenant.id, { policy, readMs: nowMs });
  policy.catch(() => known.delete(ctx.tenant.id));
  return policy;
}

/** After a change in this process: its next call goes by it at once. */
export function forgetPolicy(tenantId: string): void {
  known.delete(tenantId);
}

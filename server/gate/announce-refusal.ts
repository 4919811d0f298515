import type { Ctx } from "@/server/context";
import { logger } from "@/server/log";
import { minuteOf } from "./beats";
import { refusalsOf } from "./refusals";
import type { Decision } from "./schemas";

/** By tenant, the minute of which alerts were asked to look. */
const asked = new Map<string, number>();

/**
 * Calls that are turned away reach no ledger, so no roll-up would have alerts look: they are asked once a minute. Losing that
 * is harmless, for they look each hour, too.
 */
export function announceRefusal(ctx: Ctx, decision: Decision): void {
  if (decision.outcome === "allow" || refusalsOf("", decision).length === 0) return;
  const { id: tenantId } = ctx.tenant;
  const minute = minuteOf(ctx.now);
  if (asked.get(tenantId) === minute.getTime()) return;
  asked.set(tenantId, minute.getTime());
  const data = { tenantId, cadences: ["fast" as const] };
  ctx
    .emit({ name: "alerts/evaluate-requested", data, id: `refusal:${tenantId}:${minute.toISOString()}` })
    .catch((error: unknown) => {
      asked.delete(tenantId);
      logger.warn({ error, tenantId }, "alerts could not be asked to look at what the gate refused");
    });
}

import { markInstants } from "@/server/activity/marks-query";
import { currentPolicy } from "@/server/attribution/tenant-policy";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { pseudonymise } from "@/server/privacy/pseudonym";
import { admitEvent } from "./admit";
import { insertEvents } from "./queries";
import { type RecordUsageAnswer, RecordUsageInput, type UsageEvent, type UsageRejection } from "./schemas";

/**
 * Product usage, which cost is joined to. Returns after the commit; bad events are rejected one by one.
 * @throws DomainError FORBIDDEN, UNAVAILABLE (nothing was stored: send again, ids make that safe)
 */
export async function recordUsage(
  ctx: Ctx,
  input: RecordUsageInput,
  { source }: { source: "api" | "segment" },
): Promise<RecordUsageAnswer> {
  requireRight(ctx.actor, "usage:write");
  const { events } = RecordUsageInput.parse(input);
  const policy = await currentPolicy(ctx);
  const rejected: UsageRejection[] = [];
  const admitted: UsageEvent[] = [];
  events.forEach((item, index) => {
    const admission = admitEvent(item, index, ctx.now);
    if (!admission.ok) rejected.push(admission.rejection);
    else admitted.push(named(admission.item));
  });
  /** Ids of people become pseudonyms before anything else sees them. */
  function named(event: UsageEvent): UsageEvent {
    if (event.userId === undefined || policy.pseudonymSalt === null) return event;
    return { ...event, userId: pseudonymise(policy, ctx.tenant.id, event.userId) };
  }
  if (admitted.length === 0) return { accepted: 0, duplicates: 0, rejected };
  const batch = { tenantId: ctx.tenant.id, source, receivedAt: ctx.now };
  const accepted = await ctx.db.ingest(async (db) => {
    const stored = await insertEvents(db, batch, admitted);
    const instants = admitted.map(({ occurredAt }) => occurredAt);
    if (stored > 0) await markInstants(db, ctx.tenant.id, instants);
    return stored;
  });
  return { accepted, duplicates: admitted.length - accepted, rejected };
}

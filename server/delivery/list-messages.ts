import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { alertIdOf } from "./alert-id";
import { listDeliveryRows, type ListedRow } from "./delivery-queries";
import { ListDeliveriesInput } from "./schemas";

/** Messages, the newest first: what each told, where it went and what became of it. */
export async function listMessages(ctx: Ctx, input: ListDeliveriesInput) {
  requireRight(ctx.actor, "alerts:read");
  const { destinationId, incidentId, failed, limit } = ListDeliveriesInput.parse(input);
  const narrowed = { destinationId: destinationId ?? null, incidentId: incidentId ?? null, failed };
  const rows = await ctx.db.read((db) =>
    listDeliveryRows(db, { tenantId: ctx.tenant.id, ...narrowed, limit }),
  );
  return rows.map((row) => ({
    id: row.id,
    destinationId: row.destinationId,
    kind: row.kind,
    state: row.state,
    guarantee: row.guarantee,
    attempts: row.attempts,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    /** While it waits: when it is tried next. */
    nextAt: row.state === "waiting" ? row.notBefore.toISOString() : null,
    failure: row.failure,
    digestId: row.digestId,
    alertId: row.incidentId === null ? null : alertIdOf(row.incidentId),
    incident: incidentOf(row),
    /** Of what is about no incident. */
    title: row.title,
    /** Messages that it tells in their place. */
    folded: row.folded,
  }));
}
export type ListedMessage = Awaited<ReturnType<typeof listMessages>>[number];

function incidentOf({ incidentId, rule, subjectKind, subjectKey, eventKind }: ListedRow) {
  if (incidentId === null || rule === null || subjectKind === null || subjectKey === null) return null;
  return { id: incidentId, rule, subject: { kind: subjectKind, key: subjectKey }, event: eventKind };
}

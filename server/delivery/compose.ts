import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { Incident } from "@/server/incidents/schemas";
import { type DeliveryRow, foldedInto } from "./delivery-queries";
import { digestMessage } from "./digest-message";
import { incidentMessage } from "./incident-message";
import { toldEvents } from "./incident-query";
import type { Message } from "./schemas";
import { senderOf } from "./sender";

export interface Composed {
  message: Message;
  /** Of a message about one. */
  incident: Incident | null;
  /** When what it tells happened. */
  at: Date;
}

/**
 * What a delivery says. Incidents are read when it is sent, never copied into the queue: who was forgotten meanwhile is
 * named in no message.
 * @throws DomainError NOT_FOUND when what it tells is no more
 */
export async function composeDelivery(ctx: Ctx, delivery: DeliveryRow): Promise<Composed> {
  const { message, kind, incidentId, eventN, createdAt, id } = delivery;
  if (message) return { message, incident: null, at: createdAt };
  const tenantId = ctx.tenant.id;
  // Not from a replica, which may not have them yet.
  const told = await ctx.db.write(async (db) => {
    const rows = kind === "digest" ? await foldedInto(db, tenantId, id) : [{ incidentId, eventN }];
    const events = rows.flatMap((row) =>
      row.incidentId !== null && row.eventN !== null ? [{ incidentId: row.incidentId, n: row.eventN }] : [],
    );
    return toldEvents(db, tenantId, events);
  });
  const [first, ...others] = told;
  if (!first) throw new DomainError("NOT_FOUND", "What it told is no more.");
  const sender = senderOf(ctx);
  const { incident, event } = first;
  if (kind !== "digest") return { message: incidentMessage(first, sender), incident, at: event.at };
  const composed = digestMessage(id, told, delivery.guarantee, sender);
  return { message: composed, incident: others.length === 0 ? incident : null, at: createdAt };
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findIncident, timelineOf } from "./queries";
import { IncidentInput } from "./schemas";
import { possible } from "./transition";

/** One incident, what happened to it, and what can be done now. @throws DomainError NOT_FOUND */
export async function readIncident(ctx: Ctx, input: IncidentInput) {
  requireRight(ctx.actor, "alerts:read");
  const { id } = IncidentInput.parse(input);
  return ctx.db.read(async (db) => {
    const incident = await findIncident(db, ctx.tenant.id, id);
    if (!incident) throw new DomainError("NOT_FOUND", "There is no such incident.");
    const timeline = await timelineOf(db, ctx.tenant.id, id);
    return { incident, timeline, possible: possible(incident.state), timeZone: ctx.tenant.timeZone };
  });
}

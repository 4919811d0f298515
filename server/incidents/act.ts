import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { announce } from "./announce";
import { appendEvent, hasUnresolved, lockIncident, updateIncident } from "./queries";
import type { Incident } from "./schemas";
import { eventOf, type IncidentAction, transition } from "./transition";

export interface Act {
  id: string;
  action: IncidentAction;
  note: string | null;
  /** Of a snooze. */
  until?: Date;
}

/**
 * What a person does to an incident, with its place in the timeline.
 * @throws DomainError NOT_FOUND; CONFLICT where its state allows something else
 */
export async function act(ctx: Ctx, { id, action, note, until }: Act): Promise<Incident> {
  requireRight(ctx.actor, "incidents:write");
  requirePerson(ctx.actor);
  const { id: tenantId } = ctx.tenant;
  const done = await ctx.db.write(async (db) => {
    const before = await lockIncident(db, tenantId, id);
    if (!before) throw new DomainError("NOT_FOUND", "There is no such incident.");
    const state = transition(before.state, action);
    if (action === "reopen" && (await hasUnresolved(db, tenantId, before))) {
      const message = "The rule has found this subject again: a newer incident of it is open.";
      throw new DomainError("CONFLICT", message);
    }
    const incident: Incident = {
      ...before,
      state,
      snoozedUntil: state === "snoozed" ? (until ?? before.snoozedUntil) : null,
      resolvedAt: state === "resolved" ? (before.resolvedAt ?? ctx.now) : null,
      // From here on the rule has to find it again, or it ends.
      seenAt: action === "reopen" ? ctx.now : before.seenAt,
    };
    if (action !== "note") await updateIncident(db, tenantId, incident);
    const kind = eventOf[action];
    const n = await appendEvent(db, tenantId, id, {
      at: ctx.now,
      kind,
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      note,
      details: until ? { until: until.toISOString() } : {},
    });
    return { incident, told: { incidentId: id, n, kind } };
  });
  await announce(ctx, [done.told]);
  return done.incident;
}

import { randomUUID } from "node:crypto";
import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { isTold } from "@/server/incidents/schemas";
import { hasReady, insertDeliveries, noteTold } from "./delivery-queries";
import { guaranteeOf } from "./guarantee";
import { type ToldEvent, toldEvents } from "./incident-query";
import { type Destination, holdDestinations, listDestinationRows } from "./queries";
import { goesTo } from "./route";
import { EnqueueInput } from "./schemas";
import { teamsBehind } from "./team-query";

export interface Enqueued {
  /** Destinations to which it goes. */
  destinations: number;
  /** Somebody should be asked to send what waits: perhaps nobody was yet. */
  ask: boolean;
}

/**
 * Writes down which destinations an event of an incident goes to, once however often it is asked. A destination that is not
 * active gets a message that has failed, so that people see what it missed.
 * @throws DomainError NOT_FOUND
 */
export async function enqueueIncident(ctx: Ctx, input: EnqueueInput): Promise<Enqueued> {
  requireRight(ctx.actor, "incidents:write");
  const { incidentId, n } = EnqueueInput.parse(input);
  const tenantId = ctx.tenant.id;
  return ctx.db.write(async (db) => {
    const [told] = await toldEvents(db, tenantId, [{ incidentId, n }]);
    if (!told) throw new DomainError("NOT_FOUND", "There is no such incident.");
    if (!isTold(told.event.kind)) return { destinations: 0, ask: false };
    const matching = await matchingDestinations(db, ctx, told);
    const destinations = matching.length;
    // Of two workers the second waits here for the first, and finds it decided.
    const isNew = await noteTold(db, tenantId, { incidentId, n, at: ctx.now, destinations });
    const isWaiting = await hasReady(db, tenantId, ctx.now);
    // Whoever decided it may have asked nobody: an answer was lost.
    if (!isNew) return { destinations: 0, ask: isWaiting };
    await insertDeliveries(
      db,
      matching.map((destination) => ({
        tenantId,
        id: randomUUID(),
        destinationId: destination.id,
        kind: "incident" as const,
        key: `incident:${incidentId}:${n}`,
        incidentId,
        eventN: n,
        guarantee: guaranteeOf(told.incident),
        ...stateFor(destination),
        now: ctx.now,
      })),
    );
    return { destinations, ask: !isWaiting && matching.some(({ state }) => state === "active") };
  });
}

function stateFor({ state, reason }: Destination) {
  if (state === "active") return { state: "waiting" as const };
  const failure =
    state === "paused" ? "The destination was paused." : `The destination was switched off. ${reason ?? ""}`;
  return { state: "failed" as const, failure };
}

async function matchingDestinations(db: Db, ctx: Ctx, { incident }: ToldEvent): Promise<Destination[]> {
  await holdDestinations(db, ctx.tenant.id);
  const destinations = await listDestinationRows(db, ctx.tenant.id);
  const asksForTeams = destinations.some(({ routes }) => routes.teams.length > 0);
  const days = {
    first: localDay(incident.window.from, ctx.tenant.timeZone),
    last: localDay(new Date(incident.lastWindow.to.getTime() - 1), ctx.tenant.timeZone),
  };
  const teams = asksForTeams ? await teamsBehind(db, ctx.tenant.id, incident.subject, days) : [];
  const { rule, severity } = incident;
  return destinations.filter(({ routes }) => goesTo(routes, { rule, severity, teams }));
}

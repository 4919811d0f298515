import type { Db } from "@/server/db";
import type { Happened } from "@/server/incidents/announce";
import {
  appendEvent,
  currentIncidents,
  insertIncident,
  lockCurrent,
  type NewEvent,
  updateIncident,
} from "@/server/incidents/queries";
import type { Incident, RuleId } from "@/server/incidents/schemas";
import type { Change } from "./decide";

export interface Step {
  change: Change;
  /** The instant that was judged, and the moment at which it is said to have happened. */
  at: Date;
  now: Date;
}

/** By rule and subject, the incident that is not resolved or else the last one. @param lock so that nobody changes it meanwhile */
export async function stateOfIncidents(
  db: Db,
  tenantId: string,
  rules: readonly RuleId[],
  since: Date,
  lock: boolean,
): Promise<Incident[]> {
  if (lock) await lockCurrent(db, tenantId, rules, since);
  return currentIncidents(db, tenantId, rules, since);
}

/**
 * Stores what became of locked incidents, in the order in which it happened. Of changes that no line of a timeline tells only
 * the last one counts. An incident that another worker has opened first is left to that one.
 */
export async function saveChanges(
  db: Db,
  tenantId: string,
  steps: readonly Step[],
  who: Pick<NewEvent, "actorKind" | "actorId">,
): Promise<Happened[]> {
  const happened: Happened[] = [];
  const elsewhere = new Set<string>();
  const untold = new Map<string, Incident>();
  for (const { change, now } of steps) {
    const { incident, isNew, event } = change;
    if (elsewhere.has(incident.id)) continue;
    if (!event) {
      untold.set(incident.id, incident);
      continue;
    }
    untold.delete(incident.id);
    if (isNew && !(await insertIncident(db, tenantId, incident))) {
      elsewhere.add(incident.id);
      continue;
    }
    if (!isNew) await updateIncident(db, tenantId, incident);
    const n = await appendEvent(db, tenantId, incident.id, { at: now, ...who, ...event, note: null });
    happened.push({ incidentId: incident.id, n, kind: event.kind });
  }
  for (const incident of untold.values()) await updateIncident(db, tenantId, incident);
  return happened;
}

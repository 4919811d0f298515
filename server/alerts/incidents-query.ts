import type { Db } from "@/server/db";
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

/** @returns the number of its event in the timeline; null: it has none, or another worker was first */
export async function saveChange(
  db: Db,
  tenantId: string,
  { incident, isNew, event }: Change,
  who: Pick<NewEvent, "at" | "actorKind" | "actorId">,
): Promise<number | null> {
  if (isNew) {
    if (!(await insertIncident(db, tenantId, incident))) return null;
  } else await updateIncident(db, tenantId, incident);
  if (!event) return null;
  return appendEvent(db, tenantId, incident.id, { ...who, ...event, note: null });
}

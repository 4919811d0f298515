import type { Tenant } from "@/server/context";
import type { Incident, IncidentEventKind } from "@/server/incidents/schemas";
import { incidentOf } from "./incident";
import { asAdmin } from "./tenant";

/** The incident straight in its table, with an event of its timeline for each kind. */
export async function makeIncident(
  tenant: Tenant,
  overrides: Partial<Incident> = {},
  events: readonly IncidentEventKind[] = ["opened"],
): Promise<Incident> {
  const incident = incidentOf(overrides);
  const { subject, window, lastWindow, details } = incident;
  await asAdmin(
    `WITH made AS (
       INSERT INTO incident (tenant_id, id, rule, subject_kind, subject_key, state, severity, window_start, window_end, last_start,
         last_end, unit, expected, actual, impact_usd, month_end_usd, level, details, opened_at, seen_at, snoozed_until, resolved_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22))
     INSERT INTO incident_event (tenant_id, incident_id, n, at, kind, actor_kind, actor_id, details)
     SELECT $1, $2, n, $19, kind, 'system', 'test', '{}' FROM unnest($23::text[]) WITH ORDINALITY AS told (kind, n)`,
    [
      tenant.id, incident.id, incident.rule, subject.kind, subject.key, incident.state, incident.severity, window.from, window.to,
      lastWindow.from, lastWindow.to, incident.unit, incident.expected, incident.actual, incident.impactUsd, incident.monthEndUsd,
      incident.level, JSON.stringify(details), incident.openedAt, incident.seenAt, incident.snoozedUntil, incident.resolvedAt, events,
    ], // prettier-ignore
  );
  return incident;
}

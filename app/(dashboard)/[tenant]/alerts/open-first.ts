import { type IncidentState, incidentStates, type Severity, severities } from "@/server/incidents/schemas";

interface Listed {
  state: IncidentState;
  severity: Severity;
}

/** Open ones first, then by how far they have come; within a state the gravest first, and the newest as they came. */
export function openFirst<Row extends Listed>(incidents: readonly Row[]): Row[] {
  const rank = ({ state, severity }: Row) =>
    incidentStates.indexOf(state) * severities.length +
    (state === "resolved" ? 0 : severities.length - severities.indexOf(severity));
  return incidents.toSorted((one, other) => rank(one) - rank(other));
}

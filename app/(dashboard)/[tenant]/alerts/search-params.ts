import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { type IncidentState, incidentStates } from "@/server/incidents/schemas";

/** Which incidents; without: all that are not resolved, and those that were in the last days. */
export const stateParam = parseAsStringLiteral(incidentStates);
export const loadIncidentsParams = createLoader({ state: stateParam });

/** Rows that the list begins with, and grows by. */
export const pageRows = 50;
/** As many as the list answers at once. */
export const mostRows = 1_000;

/** What page and browser ask alike. Of what goes on all is asked for: the gravest states come first, whenever they began. */
export const incidentsQuestion = (state: IncidentState | null, rows = pageRows) =>
  state === null ? { limit: mostRows } : { states: [state], limit: Math.min(rows + 1, mostRows) };

export const incidentHref = (slug: string, id: string) => `/${slug}/alerts/${id}`;

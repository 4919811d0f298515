import { DomainError } from "@/server/errors";
import type { IncidentEventKind, IncidentState } from "./schemas";

export const actions = ["acknowledge", "snooze", "resolve", "reopen", "note"] as const;
export type IncidentAction = (typeof actions)[number];

/** What can be done in each state, and where it leads. */
const table: Record<IncidentState, Partial<Record<IncidentAction, IncidentState>>> = {
  open: { acknowledge: "acknowledged", snooze: "snoozed", resolve: "resolved", note: "open" },
  acknowledged: { snooze: "snoozed", resolve: "resolved", note: "acknowledged" },
  snoozed: { acknowledge: "acknowledged", snooze: "snoozed", resolve: "resolved", note: "snoozed" },
  resolved: { reopen: "open", note: "resolved" },
};

export const eventOf: Record<IncidentAction, IncidentEventKind> = {
  acknowledge: "acknowledged",
  snooze: "snoozed",
  resolve: "resolved",
  reopen: "reopened",
  note: "noted",
};

export const possible = (state: IncidentState): IncidentAction[] =>
  actions.filter((action) => table[state][action] !== undefined);

const words = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** @throws DomainError CONFLICT saying what is possible instead */
export function transition(state: IncidentState, action: IncidentAction): IncidentState {
  const next = table[state][action];
  if (next !== undefined) return next;
  const message = `The incident is ${state}; one can ${words.format(possible(state))} it.`;
  throw new DomainError("CONFLICT", message);
}

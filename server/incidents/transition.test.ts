import { describe, expect, it } from "vitest";
import { type IncidentState, incidentStates } from "./schemas";
import { actions, type IncidentAction, possible, transition } from "./transition";

/** Where each action leads; a dash is a conflict. */
const table: Record<IncidentState, Record<IncidentAction, IncidentState | "-">> = {
  open: { acknowledge: "acknowledged", snooze: "snoozed", resolve: "resolved", reopen: "-", note: "open" },
  acknowledged: { acknowledge: "-", snooze: "snoozed", resolve: "resolved", reopen: "-", note: "acknowledged" },
  snoozed: { acknowledge: "acknowledged", snooze: "snoozed", resolve: "resolved", reopen: "-", note: "snoozed" },
  resolved: { acknowledge: "-", snooze: "-", resolve: "-", reopen: "open", note: "resolved" },
}; // prettier-ignore

describe.each(incidentStates)("an incident that is %s", (state) => {
  it.each(actions)("%s", (action) => {
    const next = table[state][action];
    if (next === "-") expect(() => transition(state, action)).toThrow(`The incident is ${state}; one can `);
    else expect(transition(state, action)).toBe(next);
    expect(possible(state).includes(action)).toBe(next !== "-");
  });
});

it("says what is possible instead", () => {
  expect(() => transition("resolved", "snooze")).toThrow(
    "The incident is resolved; one can reopen or note it.",
  );
});

import { describe, expect, it } from "vitest";
import type { Incident } from "@/server/incidents/schemas";
import { decide } from "./decide";
import type { Finding } from "./finding";

const at = new Date("2026-11-18T12:00:00Z");
const hours = (count: number) => new Date(at.getTime() + count * 3_600_000);
const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: "hour-out-of-band",
  subject: { kind: "feature", key: "chat" },
  severity: "warning",
  window: { from: hours(-1), to: at },
  compare: null,
  unit: "usd",
  expected: "10",
  actual: "40",
  impactUsd: "30",
  monthEndUsd: null,
  level: null,
  basis: "final",
  sentence: "chat cost $40.00 within an hour.",
  params: {},
  callIds: [],
  ...more,
});
function opened(more: Partial<Incident> = {}, found = finding()): Incident {
  const change = decide(null, found, at, at);
  if (!change) throw new Error("nothing was opened");
  return { ...change.incident, ...more };
}
/** What it becomes, and what is said of it. */
const became = (current: Incident | null, found: Finding | null, when: Date) => {
  const change = decide(current, found, when, when);
  return change && [change.isNew ? "new" : "known", change.incident.state, change.event?.kind ?? null];
};
const next = finding({ window: { from: at, to: hours(1) } });
const resolved = opened({ state: "resolved", resolvedAt: at });
const snoozed = opened({ state: "snoozed", snoozedUntil: hours(2) });

describe("decide", () => {
  it.each<[string, Incident | null, Finding | null, Date, ReturnType<typeof became>]>([
    ["nothing, and nothing found", null, null, at, null],
    ["found for the first time", null, finding(), at, ["new", "open", "opened"]],
    ["found again at the same instant", opened(), finding(), at, null],
    ["found again in the same stretch", opened(), finding({ actual: "41" }), hours(0.1), ["known", "open", null]],
    ["found in the next", opened(), next, hours(1), ["known", "open", null]],
    ["found, but somebody looks into it", opened({ state: "acknowledged" }), next, hours(1), ["known", "acknowledged", null]],
    ["graver than before", opened(), finding({ severity: "critical" }), hours(1), ["known", "open", "escalated"]],
    ["less grave than before", opened(), finding({ severity: "info" }), hours(1), ["known", "open", null]],
    ["a higher threshold", opened({ level: 70 }), finding({ level: 90 }), hours(1), ["known", "open", "escalated"]],
    ["the same threshold", opened({ level: 70 }), finding({ level: 70 }), hours(1), ["known", "open", null]],
    ["a judgement that comes late", opened({ seenAt: hours(3) }), next, hours(1), null],

    ["not found, at the first stretch", opened(), null, hours(1), null],
    ["not found, a moment before it is over", opened(), null, hours(5.9), null],
    ["not found for as long as it takes", opened(), null, hours(6), ["known", "resolved", "resolved"]],
    ["not found, while put off", snoozed, null, hours(6), ["known", "resolved", "resolved"]],
    ["not found, and over already", resolved, null, hours(60), null],

    ["found while put off", snoozed, next, hours(1), ["known", "snoozed", null]],
    ["found when that is over", snoozed, next, hours(2), ["known", "open", "woken"]],

    ["resolved by hand, and going on", resolved, next, hours(1), ["known", "resolved", null]],
    ["resolved by hand, and nearly twice as bad", resolved, finding({ ...next, actual: "69" }), hours(1), ["known", "resolved", null]],
    ["resolved by hand, and twice as bad", resolved, finding({ ...next, actual: "70" }), hours(1), ["known", "open", "reopened"]],
    ["resolved by hand at a threshold, and at the next", { ...resolved, level: 70 }, finding({ ...next, level: 90 }), hours(1), ["known", "open", "reopened"]],
    ["resolved by hand at a threshold, and still there", { ...resolved, level: 70 }, finding({ ...next, level: 70, actual: "400" }), hours(1), ["known", "resolved", null]],
    ["resolved by hand, where nothing was expected, and twice as much", { ...resolved, expected: null }, finding({ ...next, expected: null, actual: "80" }), hours(1), ["known", "open", "reopened"]],
    ["resolved by hand: fewer hits, by twice as much", { ...resolved, unit: "share", expected: "0.6", actual: "0.4" }, finding({ ...next, unit: "share", expected: "0.6", actual: "0.2" }), hours(1), ["known", "open", "reopened"]],
    ["resolved by hand, and silent on", { ...resolved, unit: "calls", expected: "60", actual: "0" }, finding({ ...next, unit: "calls", expected: "60", actual: "0" }), hours(1), ["known", "resolved", null]],
    ["over, and back in another stretch", resolved, next, hours(30), ["new", "open", "opened"]],
    ["over, and back in the same stretch", resolved, finding(), hours(30), ["known", "open", "reopened"]],
  ])("%s", (_case, current, found, when, expected) => {
    expect(became(current, found, when)).toEqual(expected);
  }); // prettier-ignore

  it("keeps what it was opened for, and keeps up what was seen last", () => {
    const first = opened();
    const change = decide(first, finding({ ...next, actual: "50", sentence: "more" }), hours(1), hours(1));
    expect(change?.incident).toMatchObject({
      id: first.id,
      window: first.window,
      openedAt: at,
      lastWindow: next.window,
      actual: "50",
      seenAt: hours(1),
      details: { sentence: "more" },
    });
  });

  it("measures worse from what was resolved, however long it goes on", () => {
    let incident = resolved;
    for (const [hour, actual] of [
      [1, "55"],
      [2, "65"],
    ] as const)
      incident =
        decide(incident, finding({ ...next, actual }), hours(hour), hours(hour))?.incident ?? incident;
    expect(incident).toMatchObject({ state: "resolved", actual: "40", seenAt: hours(2) });
  });
});

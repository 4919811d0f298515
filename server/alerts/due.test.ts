import { describe, expect, it } from "vitest";
import { dueInstants, pastInstants } from "./due";
import type { Cadence } from "./schemas";

interface Case {
  now: string;
  final: string;
  last?: string;
  timeZone?: string;
}
const due = (cadence: Cadence, clock: Case) =>
  dueInstants(cadence, {
    timeZone: clock.timeZone ?? "UTC",
    now: new Date(clock.now),
    finalThrough: new Date(clock.final),
    evaluatedTo: clock.last === undefined ? null : new Date(clock.last),
  }).map((at) => at.toISOString().slice(0, 16));

describe("what is due", () => {
  it.each<[string, Cadence, Case, string[]]>([
    ["hours: the first time, the last final one alone", "hourly", { now: "2026-11-18T13:05Z", final: "2026-11-18T12:00Z" }, ["2026-11-18T12:00"]],
    ["hours: one that is not final yet", "hourly", { now: "2026-11-18T12:50Z", final: "2026-11-18T11:45Z", last: "2026-11-18T11:00Z" }, []],
    ["hours: all that became final since", "hourly", { now: "2026-11-18T13:05Z", final: "2026-11-18T12:00Z", last: "2026-11-18T10:00Z" }, ["2026-11-18T11:00", "2026-11-18T12:00"]],
    ["hours of Kolkata end at half past", "hourly", { now: "2026-11-18T13:05Z", final: "2026-11-18T12:00Z", timeZone: "Asia/Kolkata" }, ["2026-11-18T11:30"]],
    ["days: the first time, yesterday alone", "daily", { now: "2026-11-18T13:05Z", final: "2026-11-18T12:00Z" }, ["2026-11-18T00:00"]],
    ["days: not before their last hour is final", "daily", { now: "2026-11-18T00:30Z", final: "2026-11-17T23:30Z", last: "2026-11-17T00:00Z" }, []],
    ["days: as soon as it is", "daily", { now: "2026-11-18T01:00Z", final: "2026-11-18T00:00Z", last: "2026-11-17T00:00Z" }, ["2026-11-18T00:00"]],
    ["days: once", "daily", { now: "2026-11-18T13:00Z", final: "2026-11-18T12:00Z", last: "2026-11-18T00:00Z" }, []],
    ["days of New York, over a change of the clocks", "daily", { now: "2026-11-03T12:00Z", final: "2026-11-03T11:00Z", last: "2026-10-31T04:00Z", timeZone: "America/New_York" }, ["2026-11-01T04:00", "2026-11-02T05:00", "2026-11-03T05:00"]],
    ["fast: hours that are not final, and now", "fast", { now: "2026-11-18T13:05Z", final: "2026-11-18T12:00Z" }, ["2026-11-18T13:00", "2026-11-18T13:05"]],
    ["fast: on the hour, that hour once", "fast", { now: "2026-11-18T13:00Z", final: "2026-11-18T12:00Z" }, ["2026-11-18T13:00"]],
    ["fast: while roll-ups stand still, six hours of it", "fast", { now: "2026-11-18T13:05Z", final: "2026-11-16T12:00Z" }, ["2026-11-18T08:00", "2026-11-18T09:00", "2026-11-18T10:00", "2026-11-18T11:00", "2026-11-18T12:00", "2026-11-18T13:00", "2026-11-18T13:05"]],
  ])("%s", (_case, cadence, clock, expected) => expect(due(cadence, clock)).toEqual(expected)); // prettier-ignore

  it.each<[Cadence, number]>([
    ["hourly", 48],
    ["daily", 7],
  ])("%s: of a long absence, the last %d", (cadence, most) => {
    const clock = { now: "2026-11-18T13:05Z", final: "2026-11-18T12:00Z", last: "2026-09-01T00:00Z" };
    expect(due(cadence, clock)).toHaveLength(most);
  });
});

it("the past: every end within a stretch, once", () => {
  const [from, to] = [new Date("2026-11-16T00:00Z"), new Date("2026-11-18T13:05Z")];
  expect(pastInstants("daily", "UTC", from, to).map((at) => at.toISOString())).toEqual([
    "2026-11-17T00:00:00.000Z",
    "2026-11-18T00:00:00.000Z",
  ]);
  const hours = pastInstants("hourly", "UTC", from, to);
  expect([hours[0], hours.at(-1), hours.length]).toEqual([new Date("2026-11-16T01:00Z"), new Date("2026-11-18T13:00Z"), 61]); // prettier-ignore
});

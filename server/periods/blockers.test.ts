import { expect, it } from "vitest";
import { decideBlockers } from "./blockers";

const to = new Date("2026-11-01T00:00:00Z");
const facts = { now: new Date("2026-11-05T00:00:00Z"), to, latencyBufferMinutes: 60, oldestMarkedAt: null, waitingHours: 0, isRebuilding: false }; // prettier-ignore

it.each([
  { name: "nothing", facts: {}, codes: [] },
  { name: "the month's last instant", facts: { now: new Date(to.getTime() - 1) }, codes: ["not_over"] },
  { name: "the instant after", facts: { now: to }, codes: ["not_final"] },
  { name: "an hour later, less a millisecond", facts: { now: new Date("2026-11-01T00:59:59.999Z") }, codes: ["not_final"] },
  { name: "an hour later", facts: { now: new Date("2026-11-01T01:00:00Z") }, codes: [] },
  { name: "an hour that waits", facts: { waitingHours: 1 }, codes: ["rolling_up"] },
  { name: "a mark of after the month that waits since", facts: { oldestMarkedAt: new Date("2026-11-04T00:00:00Z") }, codes: [] },
  { name: "a job that stands still since before its end", facts: { oldestMarkedAt: new Date("2026-10-31T12:00:00Z"), waitingHours: 2 }, codes: ["rolling_up", "not_final"] },
  { name: "days of another zone", facts: { isRebuilding: true }, codes: ["rebuilding"] },
])("by $name: $codes", ({ facts: more, codes }) => {
  expect(decideBlockers({ ...facts, ...more }).map(({ code }) => code)).toEqual(codes);
}); // prettier-ignore

it("says until when, where the clock alone decides", () => {
  const untils = (more: object) => decideBlockers({ ...facts, ...more }).map(({ until }) => until);
  expect(untils({ now: to })).toEqual(["2026-11-01T01:00:00.000Z"]);
  expect(untils({ now: new Date(0) })).toEqual(["2026-11-01T00:00:00.000Z"]);
  expect(untils({ oldestMarkedAt: new Date("2026-10-31T12:00:00Z") })).toEqual([null]);
});

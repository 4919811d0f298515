import { describe, expect, it } from "vitest";
import { around, filterOf, markedIn, type Seen, whyStretches, wholeStretch } from "./around";

const zone = "America/New_York";
const now = new Date("2026-11-21T14:22:00Z");
const of = (window: [string, string], last = window, more: Partial<Seen> = {}): Seen => ({
  rule: "spike",
  subject: { kind: "feature", key: "chat" },
  window: { from: window[0], to: window[1] },
  lastWindow: { from: last[0], to: last[1] },
  ...more,
});
const hour = of(["2026-11-20T15:00:00.000Z", "2026-11-20T16:00:00.000Z"], ["2026-11-20T17:00:00.000Z", "2026-11-20T18:00:00.000Z"]); // prettier-ignore
const week = of(["2026-11-13T05:00:00.000Z", "2026-11-20T05:00:00.000Z"]);
const today = of(["2026-11-21T05:00:00.000Z", "2026-11-22T05:00:00.000Z"]);
const month = of(["2026-11-01T04:00:00.000Z", "2026-12-01T05:00:00.000Z"]);

describe("the days around an incident", () => {
  it.each([
    ["of an hour by hours", hour, { granularity: "hour", from: "2026-11-17", to: "2026-11-22" }],
    ["of a week by days", week, { granularity: "day", from: "2026-10-23", to: "2026-11-22" }],
    ["of today, no further than today", today, { granularity: "day", from: "2026-10-31", to: "2026-11-22" }],
    ["of an hour that came back for weeks by days", of(["2026-11-01T15:00:00.000Z", "2026-11-01T16:00:00.000Z"], ["2026-11-12T15:00:00.000Z", "2026-11-12T16:00:00.000Z"]), { granularity: "day", from: "2026-10-11", to: "2026-11-20" }],
  ])("%s", (_, seen, asked) => expect(around(seen, now, zone)).toEqual(asked)); // prettier-ignore
});

describe("the buckets that it touches", () => {
  const hours = Array.from({ length: 24 }, (_, n) => `2026-11-20T${String(n).padStart(2, "0")}:00:00.000Z`);
  it.each([
    ["hours from the first to the last", hours, hour, { first: 15, last: 17 }],
    ["an hour that begins within another", hours, of(["2026-11-20T15:30:00.000Z", "2026-11-20T16:00:00.000Z"]), { first: 15, last: 15 }],
    ["local days, the end not among them", ["2026-11-12", "2026-11-13", "2026-11-19", "2026-11-20"], week, { first: 1, last: 2 }],
    ["none", ["2026-10-01"], week, null],
  ])("%s", (_, buckets, seen, marked) => expect(markedIn(buckets, seen, zone)).toEqual(marked)); // prettier-ignore
});

describe("what is asked why", () => {
  it.each([
    ["an hour and the same a week before", hour, { from: "2026-11-20T17:00:00.000Z", to: "2026-11-20T18:00:00.000Z", compare: { from: "2026-11-13T17:00:00.000Z", to: "2026-11-13T18:00:00.000Z" } }],
    ["a week and the one before", week, { from: "2026-11-13", to: "2026-11-20", compare: { from: "2026-11-06", to: "2026-11-13" } }],
    ["today so far and as much of the day a week ago", today, { from: "2026-11-21T05:00:00.000Z", to: "2026-11-21T14:30:00.000Z", compare: { from: "2026-11-14T05:00:00.000Z", to: "2026-11-14T14:30:00.000Z" } }],
    ["a month so far and as much of the one before", month, { from: "2026-11-01T04:00:00.000Z", to: "2026-11-21T14:30:00.000Z", compare: { from: "2026-10-01T04:00:00.000Z", to: "2026-10-21T14:30:00.000Z" } }],
  ])("%s", (_, seen, asked) => expect(whyStretches(seen, now, zone)).toEqual(asked)); // prettier-ignore
});

it("leads from the first time it was seen to the last, on quarters of an hour", () => {
  expect(wholeStretch(hour, zone)).toEqual({
    from: "2026-11-20T15:00:00.000Z",
    to: "2026-11-20T18:00:00.000Z",
  });
  expect(wholeStretch(week, zone)).toEqual({ from: "2026-11-13", to: "2026-11-20" });
  expect(wholeStretch(of(["2026-11-20T15:01:00.000Z", "2026-11-20T15:16:00.000Z"]), zone)).toEqual({ from: "2026-11-20T15:00:00.000Z", to: "2026-11-20T15:30:00.000Z" }); // prettier-ignore
});

it.each([
  ["a feature", "spike", { kind: "feature", key: "chat" }, { feature: ["chat"] }],
  ["calls without a feature", "spike", { kind: "feature", key: "" }, { feature: [null] }],
  ["a user", "user-runaway", { kind: "user", key: "u-7" }, { user: ["u-7"] }],
  ["a model, whose name may hold slashes", "unpriced-model", { kind: "model", key: "in-house/acme/router" }, { provider: ["in-house"], model: ["acme/router"] }],
  ["a model of nobody", "unpriced-model", { kind: "model", key: "router" }, { model: ["router"] }],
  ["everything", "budget", { kind: "tenant", key: "" }, {}],
  ["what has no feature", "unattributed-share", { kind: "tenant", key: "" }, { feature: [null] }],
  ["a connection, which no report knows", "silent-source", { kind: "source", key: "langfuse" }, null],
] as const)("is about %s", (_, rule, subject, filter) => {
  expect(filterOf({ rule, subject })).toEqual(filter);
}); // prettier-ignore

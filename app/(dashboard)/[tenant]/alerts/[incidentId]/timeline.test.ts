import { describe, expect, it } from "vitest";
import { holderOf, type TimelineEvent, timelineOf, type ToldMessage } from "./timeline";

const dana = "11111111-1111-4111-8111-111111111111";
const known = {
  names: new Map([[dana, "Dana Demo"]]),
  destinations: [{ id: "d1", name: "#llm-spend", kind: "slack" as const }],
  timeZone: "America/New_York",
  now: new Date("2026-11-21T14:22:00Z"),
};
const at = (minute: number) => new Date(Date.parse("2026-11-20T15:00:00Z") + minute * 60_000).toISOString();
const event = (kind: TimelineEvent["kind"], more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  n: 1, at: at(0), kind, actorKind: "person", actorId: dana, note: null, details: {}, ...more,
}); // prettier-ignore
const rule = { actorKind: "system", actorId: "evaluate-alerts" };
const message = (state: ToldMessage["state"], more: Partial<ToldMessage> = {}): ToldMessage => ({
  id: "m1", destinationId: "d1", kind: "incident", state, guarantee: "at_most_once", attempts: 1, createdAt: at(1), sentAt: at(1), nextAt: null,
  failure: null, digestId: null, alertId: "TL-1", incident: null, title: null, folded: 0, ...more,
}); // prettier-ignore
const only = (events: TimelineEvent[], messages: ToldMessage[] = []) => {
  const [entry] = timelineOf(events, messages, known);
  return [entry?.title, entry?.detail];
};

describe("what happened to an incident", () => {
  it.each([
    ["found", event("opened", { ...rule, details: { sentence: "chat cost $4." } }), "The rule found it", "chat cost $4."],
    ["worse", event("escalated", { ...rule, details: { sentence: "chat cost $9." } }), "It became worse", "chat cost $9."],
    ["taken", event("acknowledged"), "Dana Demo looks into it", null],
    ["taken by somebody gone", event("acknowledged", { actorId: "?" }), "Somebody who has left looks into it", null],
    ["put off", event("snoozed", { details: { until: "2026-11-21T18:00:00.000Z" } }), "Dana Demo put it off until 21 Nov, 13:00", null],
    ["woken", event("woken", { ...rule, details: {} }), "The rest is over, and the rule still finds it", null],
    ["noted", event("noted", { note: "asked growth" }), "Dana Demo noted", "“asked growth”"],
    ["resolved with a why", event("resolved", { note: "rolled back" }), "Dana Demo resolved it", "“rolled back”"],
    ["ended by itself", event("resolved", { ...rule, details: { clearSince: "2026-11-20T18:00:00.000Z" } }), "It ended: the rule finds it no longer", "Last found 20 Nov, 13:00"],
    ["reopened by a person", event("reopened"), "Dana Demo opened it again", null],
    ["back", event("reopened", rule), "It came back", null],
  ])("%s", (_, one, title, detail) => expect(only([one])).toEqual([title, detail])); // prettier-ignore
});

describe("who was told", () => {
  it.each([
    ["sent", message("sent"), "Told to #llm-spend (Slack)", "Sent at most once"],
    ["in a digest", message("folded"), "Told to #llm-spend (Slack) within a digest", null],
    ["failed", message("failed", { failure: "404" }), "Not delivered to #llm-spend (Slack)", "404"],
    ["waiting", message("waiting", { sentAt: null }), "On its way to #llm-spend (Slack)", null],
    ["to what is gone", message("sent", { destinationId: "d2" }), "Told to a destination that was removed", "Sent at most once"],
  ])("%s", (_, one, title, detail) => expect(only([], [one])).toEqual([title, detail])); // prettier-ignore

  it("stands where it belongs in time, after the event of the same instant", () => {
    const events = [event("opened", rule), event("acknowledged", { n: 2, at: at(5) })];
    const messages = [
      message("sent", { id: "m2", sentAt: at(0) }),
      message("sent", { id: "m3", sentAt: at(3) }),
    ];
    expect(timelineOf(events, messages, known).map(({ key }) => key)).toEqual([
      "event 1",
      "message m2",
      "message m3",
      "event 2",
    ]);
  });
});

it.each([
  ["who took it", "acknowledged", [event("acknowledged"), event("noted", { actorId: "x" })], dana],
  [
    "who put it off after another took it",
    "snoozed",
    [event("acknowledged", { actorId: "x" }), event("snoozed")],
    dana,
  ],
  ["nobody once it is open again", "open", [event("acknowledged"), event("woken", rule)], null],
  ["nobody once it is resolved", "resolved", [event("acknowledged"), event("resolved")], null],
] as const)("is had by %s", (_, state, events, holder) => expect(holderOf(state, events)).toBe(holder));

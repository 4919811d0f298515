import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitEvent, admitWord } from "./admit";
import { readSegment } from "./segment";

const now = new Date("2026-11-20T12:00:00Z");
const at = "2026-11-20T11:59:00Z";
const track = (more: object = {}) => ({ type: "track", event: "Feature Used", userId: "u_1", timestamp: at, messageId: "m-1", ...more }); // prettier-ignore
const identify = (traits: object, more: object = {}) => ({ type: "identify", userId: "u_1", timestamp: at, traits, ...more }); // prettier-ignore

function eventOf(item: object) {
  const message = readSegment(item, undefined, now);
  if (message.kind !== "event") throw new Error(message.kind);
  return message.event;
}
function wordOf(item: object) {
  const message = readSegment(item, undefined, now);
  if (message.kind !== "word") throw new Error(message.kind);
  return message.word;
}

describe("track", () => {
  it("is a usage event", () => {
    const sent = track({ anonymousId: null, properties: { feature: "summary", secret: "canary" }, context: { groupId: "org_9", ip: "canary" } }); // prettier-ignore
    expect(eventOf(sent)).toEqual({ id: "m-1", occurredAt: at, userId: "u_1", accountId: "org_9", feature: "summary", event: "Feature Used" }); // prettier-ignore
  });
  it.each<[name: string, item: object, expected: object]>([
    ["anonymous", track({ userId: null, anonymousId: "a_1" }), { userId: "a_1" }],
    ["a number for a user", track({ userId: 42 }), { userId: "42" }],
    ["nobody", track({ userId: "", anonymousId: null }), { userId: undefined }],
    ["no properties", track(), { feature: undefined }],
    ["a feature that is no text", track({ properties: { feature: { a: 1 } } }), { feature: undefined }],
    ["properties that are a list", track({ properties: ["feature"] }), { feature: undefined }],
    ["a group by number", track({ context: { groupId: 9 } }), { accountId: "9" }],
    ["no time", track({ timestamp: undefined }), { occurredAt: now.toISOString() }],
    ["no event", track({ event: undefined }), { event: null }],
  ])("%s", (_, item, expected) => expect(eventOf(item)).toEqual({ ...eventOf(item), ...expected }));

  it("without a messageId a repeat is known by its content and time", () => {
    const idOf = (more: object, when = now) => {
      const message = readSegment(track({ messageId: undefined, ...more }), undefined, when);
      return message.kind === "event" ? message.event.id : null;
    };
    const later = new Date(now.getTime() + 1);
    expect(idOf({})).toBe(idOf({}, later));
    expect(idOf({})).not.toBe(idOf({ userId: "u_2" }));
    expect(idOf({})).not.toBe(idOf({ timestamp: "2026-11-20T11:58:00Z" }));
    // Without a time of its own each arrival is another event.
    expect(idOf({ timestamp: undefined })).not.toBe(idOf({ timestamp: undefined }, later));
  });
});

describe("identify", () => {
  it.each<[name: string, traits: object, expected: object]>([
    ["plan and revenue", { plan: "pro", mrr: 49.99 }, { plan: "pro", mrrUsd: "49.99" }],
    ["revenue as a text", { mrr: "49.990" }, { mrrUsd: "49.990" }],
    ["revenue that is none", { mrr: "a lot" }, { mrrUsd: undefined }],
    ["negative revenue", { mrr: -1 }, { mrrUsd: undefined }],
    ["revenue with an exponent", { mrr: 1e-7 }, { mrrUsd: "0.0000001" }],
    ["an account", { accountId: "acme" }, { accountId: "acme" }],
    ["a company", { company: { id: 7, name: "canary" } }, { accountId: "7" }],
    ["signed up, ISO", { createdAt: "2026-01-02T03:04:05Z" }, { signedUpAt: "2026-01-02T03:04:05.000Z" }],
    ["signed up, a day", { createdAt: "2026-01-02" }, { signedUpAt: "2026-01-02T00:00:00.000Z" }],
    ["signed up, seconds", { createdAt: 1_767_323_045 }, { signedUpAt: "2026-01-02T03:04:05.000Z" }],
    ["signed up, milliseconds", { createdAt: 1_767_323_045_000 }, { signedUpAt: "2026-01-02T03:04:05.000Z" }],
    ["signed up, who knows", { createdAt: "once" }, { signedUpAt: undefined }],
    ["a plan that is an object", { plan: { name: "pro" } }, { plan: undefined }],
  ])("%s", (_, traits, expected) => {
    const word = wordOf(identify(traits));
    expect(word).toEqual({ ...word, ...expected });
    expect(JSON.stringify(word)).not.toContain("canary");
  });
});

it.each(["page", "screen", "group", "alias"])("%s is taken and nothing of it kept", (type) => {
  expect(readSegment({ userId: "u" }, type, now)).toEqual({ kind: "ignored" });
  expect(readSegment({ type, userId: "u" }, undefined, now)).toEqual({ kind: "ignored" });
});

it.each([null, 5, "x", [], { type: "delete" }, { type: 5 }, {}])("%j is a fault", (item) => {
  expect(readSegment(item, undefined, now).kind).toBe("fault");
});

it("whatever a message holds is an answer, never an exception", () => {
  const names = fc.constantFrom("type", "event", "userId", "anonymousId", "timestamp", "messageId", "properties", "traits", "context"); // prettier-ignore
  const message = fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(message, fc.constantFrom("track", "identify", undefined), (item, type) => {
      const read = readSegment(item, type, now);
      if (read.kind === "event") admitEvent(read.event, 0, now);
      if (read.kind === "word") admitWord(read.word, 0, now);
    }),
    { numRuns: 3_000, seed: 20261121 },
  );
});

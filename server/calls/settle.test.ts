import { describe, expect, it } from "vitest";
import { firstOfEach, settle } from "./settle";

const call = (callId: string, fingerprint = "same") => ({ callId, fingerprint });
const none = new Map<string, string>();

describe("settle", () => {
  it.each([
    { name: "a new call", waiting: [call("a")], stored: ["a"], known: none, outcomes: ["accepted"] },
    { name: "a repeat", waiting: [call("a")], stored: [], known: new Map([["a", "same"]]), outcomes: ["duplicate"] },
    { name: "a clash", waiting: [call("a")], stored: [], known: new Map([["a", "other"]]), outcomes: ["conflict"] },
    { name: "a repeat inside the batch", waiting: [call("a"), call("a")], stored: ["a"], known: none, outcomes: ["accepted", "duplicate"] },
    { name: "a clash inside the batch", waiting: [call("a"), call("a", "other")], stored: ["a"], known: none, outcomes: ["accepted", "conflict"] },
    { name: "a repeat of a clash", waiting: [call("a", "other"), call("a")], stored: [], known: new Map([["a", "same"]]), outcomes: ["conflict", "duplicate"] },
  ])("tells $name", ({ waiting, stored, known, outcomes }) => {
    expect(settle(waiting, new Set(stored), known)).toEqual(outcomes);
  }); // prettier-ignore

  it("never acknowledges what is neither stored nor known", () => {
    expect(() => settle([call("a")], new Set(), none)).toThrow("neither stored nor known");
  });
});

it("firstOfEach keeps the first of each id, in the order of ids", () => {
  const calls = [call("b"), call("a", "first"), call("b", "later"), call("a", "later")];
  expect(firstOfEach(calls)).toEqual([call("a", "first"), call("b")]);
});

import { describe, expect, it } from "vitest";
import { firstOfEach, outcomesOf } from "./outcomes";

const call = (callId: string, fingerprint = "same") => ({ callId, fingerprint });
const none = new Map<string, string>();

describe("outcomesOf", () => {
  it.each([
    { name: "a new call", waiting: [call("a")], stored: ["a"], known: none, outcomes: ["accepted"] },
    { name: "a repeat", waiting: [call("a")], stored: [], known: new Map([["a", "same"]]), outcomes: ["duplicate"] },
    { name: "a clash", waiting: [call("a")], stored: [], known: new Map([["a", "other"]]), outcomes: ["conflict"] },
    { name: "a repeat inside the batch", waiting: [call("a"), call("a")], stored: ["a"], known: none, outcomes: ["accepted", "duplicate"] },
    { name: "a clash inside the batch", waiting: [call("a"), call("a", "other")], stored: ["a"], known: none, outcomes: ["accepted", "conflict"] },
    { name: "a repeat of a clash", waiting: [call("a", "other"), call("a")], stored: [], known: new Map([["a", "same"]]), outcomes: ["conflict", "duplicate"] },
  ])("tells $name", ({ waiting, stored, known, outcomes }) => {
    expect(outcomesOf(waiting, new Set(stored), new Set(), known)).toEqual(outcomes);
  }); // prettier-ignore

  it("tells a report of what is counted already, once", () => {
    expect(outcomesOf([call("a"), call("a")], new Set(), new Set(["a"]), none)).toEqual([
      "linked",
      "duplicate",
    ]);
  });

  it("never acknowledges what is neither stored nor known", () => {
    expect(() => outcomesOf([call("a")], new Set(), new Set(), none)).toThrow("neither stored nor known");
  });
});

it("firstOfEach keeps the first of each id, in the order of ids", () => {
  const calls = [call("b"), call("a", "first"), call("b", "later"), call("a", "later")];
  expect(firstOfEach(calls)).toEqual([call("a", "first"), call("b")]);
});

import { describe, expect, it } from "vitest";
import { SetBudgetInput } from "@/server/budgets/schemas";
import { draftOf, emptyDraft, inputOf, isEnforcedMore, withKind } from "./draft-budget";

const filled = { ...emptyDraft("feature", "chat"), amount: "1200" };

describe("what is sent", () => {
  it.each([
    ["nothing while the name is empty", { ...filled, key: "  " }, null],
    ["nothing while the amount is empty", { ...filled, amount: " " }, null],
    ["nothing while a threshold is none", { ...filled, thresholds: "70, often" }, null],
    ["nothing without a threshold", { ...filled, thresholds: "" }, null],
    ["nothing for half a per cent", { ...filled, thresholds: "99.5" }, null],
    ["an amount as people write it", { ...filled, amount: "$1,200.50" }, { amountUsd: "1200.50" }],
    ["thresholds as people write them", { ...filled, thresholds: "50%; 80 100" }, { thresholds: [50, 80, 100] }],
    ["no name for the organisation", { ...withKind(filled, "tenant"), amount: "5" }, { subject: { kind: "tenant", key: "" } }],
    ["nobody and nothing as null", filled, { ownerId: null, note: null, enforcement: null }],
  ])("%s", (_, draft, part) => {
    const input = inputOf(draft);
    if (part === null) expect(input).toBeNull();
    else {
      expect(input).toMatchObject(part);
      expect(SetBudgetInput.safeParse(input).success).toBe(true);
    }
  }); // prettier-ignore
});

it("another kind brings its usual thresholds, and leaves chosen ones", () => {
  expect(withKind(filled, "user").thresholds).toBe("80, 90, 100");
  expect(withKind({ ...filled, thresholds: "50" }, "user").thresholds).toBe("50");
});

it("a budget becomes a draft and the same budget again", () => {
  const budget = { subject: { kind: "team", key: "growth" }, period: "day", amountUsd: "12.5", thresholds: [60, 120], enforcement: "ask", ownerId: "11111111-1111-4111-8111-111111111111", note: "x" } as const; // prettier-ignore
  expect(inputOf(draftOf({ ...budget, subject: { ...budget.subject }, thresholds: [...budget.thresholds] }))).toEqual(budget); // prettier-ignore
});

it.each([
  ["what begins to ask", null, "ask", true],
  ["what begins to deny", null, "deny", true],
  ["what asked and denies now", "ask", "deny", true],
  ["what denied and asks now", "deny", "ask", false],
  ["what stays", "deny", "deny", false],
  ["what only tells", null, "none", false],
  ["what is let go", "deny", "none", false],
] as const)("enforced more: %s", (_, before, after, expected) => expect(isEnforcedMore(before, after)).toBe(expected)); // prettier-ignore

import { describe, expect, it } from "vitest";
import type { PlanFacts } from "@/server/analytics/people/plans";
import { planSentence } from "./plan-words";

const facts: PlanFacts = {
  plan: "pro",
  payers: 60,
  priceUsd: "49",
  priced: 60,
  callers: 40,
  unknownCost: 0,
  costUsd: "900",
  unpricedCalls: 0,
  perPayer: null,
  above: { payers: 4, share: "0.1", beyondUsd: "120.5" },
};
const say = (more: Partial<PlanFacts>, of: "user" | "account" = "user") =>
  planSentence({ ...facts, ...more }, of, 20);

describe("what is said of a plan", () => {
  it.each([
    ["who costs more than it", {}, "4 users (10%) cost more than the plan’s price: $120.50 a month beyond it."],
    ["one", { above: { payers: 1, share: "0.025", beyondUsd: "3" } }, "1 user (2.5%) costs more than the plan’s price: $3.00 a month beyond it."],
    ["nobody", { above: { payers: 0, share: "0", beyondUsd: "0" } }, "Nobody costs more than its price."],
    ["a free one", { priceUsd: "0" }, "It is free, and its 40 users cost $900.00 a month."],
    ["no price", { priceUsd: null, above: null }, "Nobody has told what it costs."],
    ["too few", { callers: 19, above: null }, "Too few to say: 19 of 20 users whose cost is known."],
  ] as const)("%s", (_name, more, words) => expect(say(more)).toBe(words)); // prettier-ignore

  it("is of accounts, where they pay", () => expect(say({}, "account")).toContain("4 accounts (10%) cost"));
});

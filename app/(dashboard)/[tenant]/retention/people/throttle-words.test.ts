import { describe, expect, it } from "vitest";
import { usualRetention } from "@/server/retention/schemas";
import { listWords, ruleWords, suggestionWords } from "./throttle-words";

describe("the words of the throttle list", () => {
  it.each([
    [{ suggestion: { amountUsd: "14.70", because: "mrr" }, mrrUsd: "49", plan: "pro" }, "30 % of the $49.00 a month that they pay."],
    [{ suggestion: { amountUsd: "2.00", because: "plan" }, mrrUsd: "0", plan: "free" }, "What an active user on free costs a month, in the middle."],
    [{ suggestion: { amountUsd: "2.00", because: "everybody" }, mrrUsd: null, plan: null }, "What an active user costs a month, in the middle."],
    [{ suggestion: null, mrrUsd: null, plan: null }, "Too few active users to suggest one."],
  ] as const)("say why a quota is suggested %#", (row, words) => expect(suggestionWords(row)).toBe(words)); // prettier-ignore

  it("say the rule", () => {
    expect(ruleWords(usualRetention)).toBe(
      "Active: there in the last 14 days. At risk: not for 15 to 30 days. Churned: not for more than 30 days. Of fewer than 20 users nothing is claimed.",
    );
    expect(ruleWords({ ...usualRetention, activeDays: 1, churnDays: 1, minUsers: 1 })).toBe(
      "Active: there in the last 1 day. Churned: not for more than 1 day. Of fewer than 1 user nothing is claimed.",
    );
  });

  it("say that too few are there to say who is dear", () => {
    expect(listWords(usualRetention, { recent: 19, lifetime: 400 }, "leaving")).toContain(
      "With 19 of 20 users",
    );
    expect(listWords(usualRetention, { recent: 20, lifetime: 20 }, "leaving")).toContain("nine of ten");
    expect(listWords(usualRetention, { recent: 20, lifetime: 20 }, "active")).toContain("still there");
  });
});

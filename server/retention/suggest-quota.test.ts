import { describe, expect, it } from "vitest";
import { SetBudgetInput } from "@/server/budgets/schemas";
import { suggestQuota } from "./suggest-quota";

const plan = { users: 20, medianUsd: "9" };
const everybody = { users: 200, medianUsd: "1.5" };
const nobody = { users: 0, medianUsd: null };
const few = { users: 19, medianUsd: "9" };

describe("a suggested quota", () => {
  it.each([
    ["30 % of what they pay", "49.99", plan, everybody, { amountUsd: "15.00", because: "mrr" }],
    ["what stayers of the plan cost a month, if they pay nothing", "0", plan, everybody, { amountUsd: "3.00", because: "plan" }],
    ["the same if nobody knows what they pay", null, plan, everybody, { amountUsd: "3.00", because: "plan" }],
    ["of everybody, if the plan has too few", null, few, everybody, { amountUsd: "0.50", because: "everybody" }],
    ["never below a cent", "0.0001", plan, everybody, { amountUsd: "0.01", because: "mrr" }],
    ["nor of users who cost nothing", null, { users: 20, medianUsd: "0" }, everybody, { amountUsd: "0.01", because: "plan" }],
    ["none of too few", null, few, few, null],
    ["none of nobody", "0", nobody, nobody, null],
  ] as const)("%s", (_name, mrrUsd, ofPlan, of, expected) =>
    expect(suggestQuota({ mrrUsd, plan: ofPlan, everybody: of, minUsers: 20 })).toEqual(expected)); // prettier-ignore

  it("is an amount that a budget can have", () => {
    const suggestion = suggestQuota({ mrrUsd: "33.333333", plan, everybody, minUsers: 1 });
    expect(SetBudgetInput.shape.amountUsd.parse(suggestion?.amountUsd)).toBe("10.00");
  });
});

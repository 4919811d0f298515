import { describe, expect, it } from "vitest";
import { usualParams } from "../schemas";
import { budget, type BudgetFacts, dailyPace, forecast } from "./budget";

const facts: BudgetFacts = {
  subject: { kind: "feature", key: "chat" },
  period: "month",
  amountUsd: "300",
  thresholds: [70, 90, 100],
  from: new Date("2026-11-01T00:00:00Z"),
  to: new Date("2026-12-01T00:00:00Z"),
  monthBefore: new Date("2026-10-01T00:00:00Z"),
  spentUsd: "0",
  unpricedCalls: 0,
  today: {
    from: new Date("2026-11-18T00:00:00Z"),
    to: new Date("2026-11-19T00:00:00Z"),
    dayBefore: new Date("2026-11-17T00:00:00Z"),
    spentUsd: "0",
  },
  daysInMonth: 30,
  forecastUsd: null,
  hasDaily: false,
};
const spentToday = (spentUsd: string, more: Partial<BudgetFacts> = {}): BudgetFacts => ({
  ...facts,
  ...more,
  today: { ...facts.today, spentUsd },
});

describe("budget", () => {
  it.each<[string, Partial<BudgetFacts>, number | undefined, string | undefined]>([
    ["nothing spent", {}, undefined, undefined],
    ["just below the first threshold", { spentUsd: "209.999999999999999999" }, undefined, undefined],
    ["at it", { spentUsd: "210" }, 70, "info"],
    ["between two", { spentUsd: "269.99" }, 70, "info"],
    ["at the second", { spentUsd: "270" }, 90, "warning"],
    ["at the amount", { spentUsd: "300" }, 100, "critical"],
    ["far beyond", { spentUsd: "3000" }, 100, "critical"],
    ["one threshold of its own, beyond the amount", { spentUsd: "449", thresholds: [150] }, undefined, undefined],
    ["at that", { spentUsd: "450", thresholds: [150] }, 150, "critical"],
    ["a day's budget is daily pace's", { spentUsd: "3000", period: "day" }, undefined, undefined],
  ])("%s", (_case, more, level, severity) => {
    const found = budget({ ...facts, ...more });
    expect([found?.level, found?.severity]).toEqual([level, severity]);
  }); // prettier-ignore

  it("is of the month, and says what is not in it", () => {
    expect(budget({ ...facts, spentUsd: "330.5", unpricedCalls: 12 })).toMatchObject({
      window: { from: facts.from, to: facts.to },
      expected: "300",
      actual: "330.5",
      impactUsd: "30.5",
      sentence:
        "chat has used 110 % of this month's budget: $330.50 of $300.00. 12 unpriced calls are not in it.",
    });
  });
});

describe("daily pace", () => {
  const params = usualParams("daily-pace");
  const daily = { period: "day" as const, amountUsd: "10" };

  it.each<[string, BudgetFacts, string | undefined, number | null | undefined]>([
    ["the month's part of a day", spentToday("10"), undefined, undefined],
    ["more than that, by less than the minimum of dollars", spentToday("10.99"), undefined, undefined],
    ["more than that", spentToday("11"), "10", null],
    ["a month of 28 days allows more", spentToday("11.5", { daysInMonth: 28 }), undefined, undefined],
    ["who has a daily budget is not told of the month's part", spentToday("20", { hasDaily: true }), undefined, undefined],
    ["a daily budget: below its first threshold", spentToday("6.99", daily), undefined, undefined],
    ["a daily budget: at it", spentToday("7", daily), "10", 70],
    ["a daily budget: used up", spentToday("10", daily), "10", 100],
  ])("%s", (_case, asked, expected, level) => {
    const found = dailyPace(asked, params);
    expect([found?.expected, found?.level]).toEqual([expected, level]);
  }); // prettier-ignore

  it("is of the day", () => {
    expect(dailyPace(spentToday("25"), params)).toMatchObject({
      window: { from: facts.today.from, to: facts.today.to },
      sentence: "chat has cost $25.00 today; the month's budget allows $10.00 a day.",
    });
  });
});

describe("forecast", () => {
  const params = usualParams("forecast");
  it.each<[string, Partial<BudgetFacts>, string | undefined]>([
    ["none, or of less than two weeks", {}, undefined],
    ["10 % above", { forecastUsd: "330" }, undefined],
    ["more than 10 % above", { forecastUsd: "330.01" }, "330.01"],
    ["far above next to nothing", { forecastUsd: "6", amountUsd: "2" }, undefined],
    ["below", { forecastUsd: "200" }, undefined],
    ["of a day's budget", { forecastUsd: "3000", period: "day" }, undefined],
  ])("%s", (_case, more, actual) => {
    expect(forecast({ ...facts, ...more }, params)?.actual).toBe(actual);
  });
});

import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { Usd } from "@/server/prices/decimal";
import { historyOf, momentKnown, momentOf, type SubjectCosts } from "./histories";
import type { Budget } from "./schemas";
import { periodOf, statusOf, thresholdPassed } from "./status";

const budget = (amountUsd: string, over: Partial<Budget> = {}): Budget => ({
  id: "11111111-1111-4111-8111-111111111111", version: 1, subject: { kind: "feature", key: "chat" }, period: "month", amountUsd, thresholds: [70, 90, 100],
  enforcement: null, ownerId: null, note: null, validFrom: new Date("2026-01-01"), validTo: null, createdBy: "x", ...over,
}); // prettier-ignore

describe("the highest threshold passed", () => {
  it.each([
    ["nothing spent", "0", null],
    ["just below the first", "69.999999999999999999", null],
    ["exactly the first", "70", 70],
    ["between", "89.99", 70],
    ["exactly the second", "90", 90],
    ["just below all of it", "99.999999999999999999", 90],
    ["all of it", "100", 100],
    ["beyond it", "250", 100],
  ])("%s", (_, used, passed) => {
    expect(thresholdPassed(budget("100"), new Usd(used))).toBe(passed);
  });

  it("is told of an amount with cents without rounding", () => {
    expect(thresholdPassed(budget("0.03"), new Usd("0.021"))).toBe(70);
    expect(thresholdPassed(budget("0.03"), new Usd("0.020999999999999999"))).toBeNull();
  });
});

it.each([
  ["2026-02-01", "2026-02-01", "2026-02-28"],
  ["2028-02-29", "2028-02-01", "2028-02-29"],
  ["2026-04-30", "2026-04-01", "2026-04-30"],
  ["2026-12-31", "2026-12-01", "2026-12-31"],
])("the month of %s", (today, first, last) => {
  expect(periodOf(today, "month")).toEqual({ first, last });
  expect(periodOf(today, "day")).toEqual({ first: today, last: today });
});

/** Ten dollars a day from the first of September to today, of which half is over. */
function costsUntil(today: string, share = 0.5): SubjectCosts {
  const days: string[] = [];
  for (let day = "2026-09-01"; day <= today; day = addDays(day, 1)) days.push(day);
  const usd = days.map((day) => (day === today ? 10 * share : 10));
  const daily = { days, usd, exactUsd: usd.map(String), unpricedCalls: days.map(() => 1) };
  return { daily, history: historyOf(daily, today, share) };
}
const at = (today: string) => ({ today, timeZone: "UTC", withPastError: true });

describe("how a budget stands", () => {
  it.each([
    ["far from it", "1000", "0.205", null, "300.00", "-700", null],
    ["it will be passed in six days", "260.01", "0.788431", 70, "300.00", "39.99", "2026-11-27"],
    ["exactly what is expected is not too much", "300", "0.683333", null, "300.00", "0", null],
    ["it was passed four days ago", "171", "1.19883", 100, "300.00", "129", "2026-11-18"],
    ["it was passed today", "202", "1.014851", 100, "300.00", "98", "2026-11-21"],
  ])("%s", (_, amountUsd, usedShare, threshold, expectedUsd, gapUsd, passedOn) => {
    const status = statusOf(budget(amountUsd), costsUntil("2026-11-21"), at("2026-11-21"));
    expect(status).toMatchObject({
      usedUsd: "205",
      unpricedCalls: 21,
      usedShare,
      threshold,
      gapUsd,
      passedOn,
    });
    expect(status.forecast).toMatchObject({ method: "weekday-aware", expectedUsd });
    expect(status.pastError?.weekdayAware).toBe("0");
  });

  it("of a day is told of that day alone", () => {
    const status = statusOf(budget("8", { period: "day" }), costsUntil("2026-11-21"), at("2026-11-21"));
    expect(status).toMatchObject({ usedUsd: "5", usedShare: "0.625", threshold: null, gapUsd: "2", passedOn: "2026-11-21" }); // prettier-ignore
    expect(status.period).toMatchObject({ from: "2026-11-21T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" });
  });

  it("of somebody who never called has no forecast, and no gap", () => {
    const status = statusOf(budget("8"), undefined, at("2026-11-21"));
    expect(status).toMatchObject({ usedUsd: "0", usedShare: "0", forecast: null, reason: "no-cost-yet", gapUsd: null, passedOn: null }); // prettier-ignore
  });
});

it("days without a call are days of nothing, and what was before the first is not known", () => {
  const daily = { days: ["2026-11-16", "2026-11-18", "2026-11-20"], usd: [1, 2, 3], exactUsd: ["1", "2", "3"], unpricedCalls: [0, 0, 0] }; // prettier-ignore
  expect(historyOf(daily, "2026-11-20", 0.4)).toEqual({ first: "2026-11-16", past: [1, 0, 2, 0], today: { usd: 3, share: 0.4 } }); // prettier-ignore
  expect(historyOf(daily, "2026-11-22", 0.4)?.past).toEqual([1, 0, 2, 0, 3, 0]);
});

it.each([
  ["UTC", "2026-11-21T06:30:00Z", "2026-11-21", 6.5 / 24, 6, 0.5],
  ["Asia/Kolkata", "2026-11-21T20:00:00Z", "2026-11-22", 1.5 / 24, 1, 0.5],
  ["America/New_York", "2026-11-01T16:00:00Z", "2026-11-01", 12 / 25, 11, 0],
  ["America/New_York", "2026-03-08T16:00:00Z", "2026-03-08", 11 / 23, 12, 0],
])("a moment in %s at %s", (timeZone, now, today, hoursGone, hour, hourGone) => {
  const moment = momentOf(new Date(now), timeZone);
  expect(moment).toMatchObject({ today, hour });
  expect([moment.hoursGone, moment.hourGone].map((part) => part.toFixed(6))).toEqual([hoursGone, hourGone].map((part) => part.toFixed(6))); // prettier-ignore
});

it.each([
  ["as far as calls are rolled up", "2026-11-21T06:00:00Z", "2026-11-21", 0.25, 6],
  ["of a day of which nothing is, at its beginning", "2026-11-20T22:00:00Z", "2026-11-21", 0, 0],
])("today is told %s", (_, rolledThrough, today, hoursGone, hour) => {
  const moment = momentKnown(new Date("2026-11-21T18:00:00Z"), new Date(rolledThrough), "UTC");
  expect(moment).toMatchObject({ today, hoursGone, hour });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "@/server/calendar/local-day";
import { burnRate } from "./burn-rate";
import { type CostHistory, weekdayOf } from "./costs";
import { usualShare } from "./day-share";
import { Learned } from "./level";
import { forecastLine } from "./line";
import { foretell, learn } from "./weekday-aware";

/** Whole days up to `today`, of which `share` has passed at the usual rate. */
function historyOf(
  usdOn: (day: string) => number,
  first: string,
  today: string,
  { share = 0, usd }: { share?: number; usd?: number } = {},
): CostHistory {
  const past = Array.from({ length: daysBetween(first, today) }, (_, at) => usdOn(addDays(first, at)));
  return { first, past, today: { usd: usd ?? usdOn(today) * share, share } };
}

const office = (day: string) => [1, 20, 21, 22, 21, 18, 2][weekdayOf(day)] ?? 0;
const flat = () => 10;
const sumOf = (usdOn: (day: string) => number, first: string, last: string) =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => usdOn(addDays(first, at))).reduce((sum, usd) => sum + usd, 0); // prettier-ignore
const monthOf = (day: string) => {
  const first = `${day.slice(0, 7)}-01`;
  return { first, last: addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1) };
};
const november = { first: "2026-11-01", last: "2026-11-30" };

describe("what a month will have cost", () => {
  // A rhythm without noise is told exactly from any day of any month, with no day a case of its own.
  it.each([
    ["a month of 28 days", "2026-02"],
    ["one of 29", "2028-02"],
    ["one of 30", "2026-11"],
    ["one of 31", "2026-12"],
  ])("is told alike on every day of %s", (_, month) => {
    const period = monthOf(`${month}-01`);
    const whole = sumOf(office, period.first, period.last);
    for (let day = period.first; day <= period.last; day = addDays(day, 1)) {
      for (const share of [0, 0.3, 1]) {
        const { forecast } = foretell(historyOf(office, addDays(day, -60), day, { share }), period);
        expect(forecast?.method).toBe("weekday-aware");
        expect(Math.abs((forecast?.expectedUsd ?? 0) / whole - 1), `${day} ${String(share)}`).toBeLessThan(0.01); // prettier-ignore
      }
    }
  });

  it.each([
    ["nothing ever", [], 0, null, "no-cost-yet"],
    ["days without cost", [0, 0, 0], 0, null, "no-cost-yet"],
    ["born today", [], 5, null, "less-than-a-day"],
    ["a day", [10], 5, "burn-rate", "less-than-two-weeks"],
    ["two days", [4, 10], 5, "burn-rate", "less-than-two-weeks"],
    ["thirteen days", new Array<number>(13).fill(10), 5, "burn-rate", "less-than-two-weeks"],
    ["two weeks", new Array<number>(14).fill(10), 5, "weekday-aware", null],
  ] as const)("says how it is told: %s", (_, past, usd, method, reason) => {
    const history = { first: addDays("2026-11-20", -past.length), past, today: { usd, share: 0.5 } };
    const told = foretell(history, november);
    expect(told.forecast?.method ?? null).toBe(method);
    expect(told.forecast?.reason ?? told.reason).toBe(reason);
  });

  it("is wide while little is known, and narrower with each day", () => {
    const widths = [1, 2, 5, 13].map((days) => {
      const told = burnRate(historyOf(flat, addDays("2026-11-10", -days), "2026-11-10"), november);
      return (told?.highUsd ?? 0) / (told?.lowUsd ?? 1);
    });
    expect(widths[0]).toBeGreaterThan(20);
    expect([...widths].sort((one, other) => other - one)).toEqual(widths);
    expect(widths[3]).toBeGreaterThan(1.5);
  });

  it("does not count the day a subject began with as a whole one", () => {
    const born = historyOf((day) => (day === "2026-11-15" ? 1 : 10), "2026-11-15", "2026-11-20");
    expect(burnRate(born, november)?.expectedUsd).toBeCloseTo(41 + 11 * 10, 6);
  });

  it("goes by the weekdays that are left", () => {
    // From Saturday the 28th: a weekend and one Monday; the burn rate takes the week's mean thrice.
    const history = historyOf(office, "2026-08-01", "2026-11-28");
    const spent = sumOf(office, "2026-11-01", "2026-11-27");
    expect((foretell(history, november).forecast?.expectedUsd ?? 0) - spent).toBeCloseTo(2 + 1 + 20, 0);
    expect((burnRate(history, november)?.expectedUsd ?? 0) - spent).toBeGreaterThan(40);
  });

  it.each([
    ["before anything came", 0, 0, 10],
    ["half of it as usual", 0.5, 5, 5],
    ["half of it, twice as dear as usual", 0.5, 10, 7.5],
    ["half of it, and nothing came", 0.5, 0, 2.5],
    ["nearly all of it", 0.9, 20, 2.1],
    ["all of it", 1, 20, 0],
  ])("tells the rest of today: %s", (_, share, usd, rest) => {
    const history = historyOf(flat, "2026-09-01", "2026-11-30", { share, usd });
    const { forecast } = foretell(history, november);
    expect((forecast?.expectedUsd ?? 0) - 29 * 10 - usd).toBeCloseTo(rest, 6);
    if (share === 1) expect(forecast?.lowUsd).toBe(forecast?.highUsd);
  });

  it("is hardly moved by one bad night", () => {
    const bad = (day: string) => (day === "2026-11-15" ? 400 : 10 + (daysBetween("2026-01-01", day) % 3));
    const rest = (usdOn: (day: string) => number) => {
      const history = historyOf(usdOn, "2026-08-25", "2026-11-18");
      const spent = sumOf(usdOn, "2026-11-01", "2026-11-17");
      return (foretell(history, november).forecast?.expectedUsd ?? 0) - spent;
    };
    const usual = rest((day) => (day === "2026-11-15" ? 11 : bad(day)));
    expect(rest(bad) / usual).toBeLessThan(1.25);
    // The mean of the month's days, which is what a burn rate goes by, has not forgotten it.
    expect(400 / 17 / 11).toBeGreaterThan(2);
  });

  it("follows a level that has doubled within two weeks", () => {
    const doubled = (day: string) => office(day) * (day >= "2026-11-04" ? 2 : 1);
    const history = historyOf(doubled, "2026-08-25", "2026-11-18");
    const { forecast } = foretell(history, november);
    expect((forecast?.expectedUsd ?? 0) / sumOf(doubled, "2026-11-01", "2026-11-30")).toBeGreaterThan(0.93);
  });

  it("falls to what was spent once a subject has stopped", () => {
    const stopped = (day: string) => (day >= "2026-11-01" ? 0 : office(day));
    const rests = ["2026-11-03", "2026-11-10", "2026-11-24"].map(
      (today) => foretell(historyOf(stopped, "2026-08-25", today), november).forecast?.expectedUsd ?? -1,
    );
    expect(rests[0]).toBeGreaterThan(rests[1] ?? 0);
    expect(rests[2]).toBeLessThan(10);
    expect(rests[2]).toBeGreaterThanOrEqual(0);
  });

  it("is what it was, once a period is over", () => {
    const history = historyOf(office, "2026-09-01", "2026-11-18");
    const october = { first: "2026-10-01", last: "2026-10-31" };
    const whole = sumOf(office, october.first, october.last);
    expect(foretell(history, october).forecast).toMatchObject({ expectedUsd: whole, lowUsd: whole, highUsd: whole }); // prettier-ignore
  });

  it("of a period still to come is all of its days", () => {
    const history = historyOf(office, "2026-09-01", "2026-11-18");
    const december = { first: "2026-12-01", last: "2026-12-31" };
    const { forecast } = foretell(history, december);
    expect((forecast?.expectedUsd ?? 0) / sumOf(office, december.first, december.last)).toBeCloseTo(1, 2);
    expect(forecast?.lowUsd).toBeGreaterThanOrEqual(0);
  });
});

const days = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 100 }); // prettier-ignore
const place = fc.record({ offset: fc.integer({ min: -5, max: 40 }), usd: fc.double({ min: 0, max: 1e6, noNaN: true }), share: fc.double({ min: 0, max: 1, noNaN: true }) }); // prettier-ignore

it("is a number between its bounds and never below what was spent, whatever was", () => {
  fc.assert(
    fc.property(days, place, (past, { offset, usd, share }) => {
      const history = { first: addDays("2026-11-20", -past.length), past, today: { usd, share } };
      const period = { first: addDays("2026-11-20", -10), last: addDays("2026-11-20", offset) };
      const { forecast } = foretell(history, period);
      const spent = past.slice(-10).reduce((sum, one) => sum + one, 0);
      for (const told of [forecast, burnRate(history, period)]) {
        if (!told) continue;
        const { lowUsd, expectedUsd, highUsd } = told;
        expect([lowUsd, expectedUsd, highUsd].every(Number.isFinite)).toBe(true);
        expect(lowUsd).toBeLessThanOrEqual(expectedUsd);
        expect(expectedUsd).toBeLessThanOrEqual(highUsd);
        if (offset >= 0) expect(lowUsd).toBeGreaterThanOrEqual(spent * (1 - 1e-9));
      }
      for (const point of forecastLine(history, period)) {
        expect(Number.isFinite(point.expectedUsd) && point.expectedUsd >= -1e-6).toBe(true);
        expect(point.soFarLowUsd).toBeLessThanOrEqual(point.soFarUsd);
        expect(point.soFarHighUsd).toBeGreaterThanOrEqual(point.soFarUsd);
      }
    }),
  );
});

it("knows at no day of the days after it", () => {
  const past = Array.from({ length: 80 }, (_, at) => office(addDays("2026-09-01", at)) * (1 + (at % 5) / 10));
  const whole = new Learned(past, 2);
  for (const known of [14, 30, 79]) {
    const then = new Learned(past.slice(0, known), 2).after(known);
    const now = whole.after(known);
    expect([now.gain, now.at(known)]).toEqual([then.gain, then.at(known)]);
  }
});

it("draws a line whose days add up to the forecast", () => {
  const history = historyOf(office, "2026-08-25", "2026-11-18", { share: 0.4 });
  const line = forecastLine(history, november, learn(history));
  const { forecast } = foretell(history, november);
  expect(line.map(({ day }) => day)).toEqual(
    Array.from({ length: 13 }, (_, at) => addDays("2026-11-18", at)),
  );
  expect(line.at(-1)?.soFarUsd).toBeCloseTo(forecast?.expectedUsd ?? 0, 6);
  const left = line.reduce((sum, { expectedUsd }) => sum + expectedUsd, 0);
  expect(left + sumOf(office, "2026-11-01", "2026-11-17")).toBeCloseTo(forecast?.expectedUsd ?? 0, 6);
});

it.each([
  ["as on other days", { untilUsd: 30, wholeUsd: 100 }, 0.5, 0.3],
  ["by the clock where other days cost nothing", { untilUsd: 0, wholeUsd: 0 }, 0.5, 0.5],
  ["never more than all", { untilUsd: 101, wholeUsd: 100 }, 1, 1],
])("a part of a day is told %s", (_, usual, gone, share) => {
  expect(usualShare(usual, gone)).toBe(share);
});

import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { baselineOf, knownOf, stretchesAfter } from "./baseline";
import { reminderDue } from "./reminder";
import { savingOf, stateOf, stretchesDue, sumSavings } from "./saving";

const stretch = (expected: object | null) => ({
  first: "2026-12-01",
  last: "2026-12-31",
  expected: expected && { expectedUsd: "10", lowUsd: "8", highUsd: "13", ...expected },
});
const cost = (costUsd: string, unpricedCalls = 0) => ({ costUsd, unpricedCalls });

describe("what was saved", () => {
  it.each([
    ["nothing was spent any more", {}, "0", "saved", "10"],
    ["just below what is usual", {}, "7.999999", "saved", "2.000001"],
    ["at its lower bound", {}, "8", "not_yet_visible", "2"],
    ["at what was expected", {}, "10", "not_yet_visible", "0"],
    ["more than expected", {}, "10.000001", "none", "-0.000001"],
    ["nothing expected, nothing spent", { expectedUsd: "0", lowUsd: "0" }, "0", "nothing_to_save", "0"],
    ["nothing expected, something spent", { expectedUsd: "0", lowUsd: "0" }, "1", "none", "-1"],
    ["no forecast", null, "3", "unknown", null],
  ])("%s", (_name, expected, actual, verdict, savedUsd) => {
    expect(savingOf(stretch(expected), cost(actual))).toMatchObject({ verdict, savedUsd });
  });

  it("says beside it what nobody knows the price of, and adds up", () => {
    const [gone, dearer] = [savingOf(stretch({}), cost("1", 4)), savingOf(stretch({}), cost("12"))];
    expect(gone.unpricedCalls).toBe(4);
    expect(sumSavings([gone, dearer, savingOf(stretch(null), cost("5"))])).toEqual({
      measuredUsd: "7",
      visibleUsd: "9",
    });
  });
});

describe("stretches after a due date", () => {
  it.each([
    ["within a month: its own days after it", "2026-11-20", "2026-11-21", "2026-11-30"],
    ["the last day of a month", "2026-11-30", "2026-12-01", "2026-12-31"],
    ["the last but one", "2026-11-29", "2026-11-30", "2026-11-30"],
    ["the end of a year", "2026-12-31", "2027-01-01", "2027-01-31"],
    ["a February of 28 days", "2027-02-14", "2027-02-15", "2027-02-28"],
    ["one of 29", "2028-02-14", "2028-02-15", "2028-02-29"],
  ])("%s", (_name, due, first, last) => {
    expect(stretchesAfter(due, addDays(due, -10))[0]).toEqual({ first, last });
  });

  it("go on for a year from the day of the forecast", () => {
    expect(stretchesAfter("2026-11-30", "2026-11-10").at(-1)).toEqual({
      first: "2027-10-01",
      last: "2027-10-31",
    });
  });

  it("are measured once they are over, each once", () => {
    const { stretches } = baselineOf(knownOf([], "2026-11-10", "2026-01-01"), "2026-11-20");
    const firsts = (end: string, measured: string[]) => stretchesDue({ stretches }, end, new Set(measured)).map(({ first }) => first);
    expect(firsts("2026-10-31", [])).toEqual([]);
    expect(firsts("2026-11-30", [])).toEqual(["2026-11-21"]);
    expect(firsts("2027-01-31", ["2026-11-01"])).toEqual(["2026-12-01", "2027-01-01"]);
  }); // prettier-ignore
});

describe("what would have been spent", () => {
  const history = (first: string, past: number[]) => ({ first, past, today: { usd: 5, share: 0.5 } });
  const dollars = (days: number) => Array.from({ length: days }, (_, at) => 1 + (at % 3) / 10);

  it("goes on as it was, less surely the farther off", () => {
    const { stretches } = baselineOf(
      knownOf([history("2026-09-01", dollars(70))], "2026-11-10", null),
      "2026-11-30",
    );
    const widths = stretches.map(({ expected }) => Number(expected?.highUsd) / Number(expected?.expectedUsd));
    expect(Number(stretches[0]?.expected?.expectedUsd)).toBeGreaterThan(31);
    expect(Number(stretches[0]?.expected?.expectedUsd)).toBeLessThan(37.2);
    expect(widths.at(-1)).toBeGreaterThan(widths[0] ?? 0);
  });

  it("is of both features where one is merged into the other", () => {
    const both = knownOf([history("2026-11-01", [1, 2, 3]), history("2026-11-03", [10])], "2026-11-04", null);
    expect(both).toEqual({ takenOn: "2026-11-04", first: "2026-11-01", past: [1, 2, 13] });
  });

  it("is nothing where nothing was spent in all that is known, and unknown on the first day", () => {
    const none = baselineOf(knownOf([null], "2026-11-10", "2026-08-11"), "2026-11-30").stretches[0];
    expect(none?.expected).toEqual({ expectedUsd: "0", lowUsd: "0", highUsd: "0" });
    const unknown = baselineOf(knownOf([history("2026-11-10", [])], "2026-11-10", "2026-11-10"), "2026-11-30").stretches[0];
    expect(unknown?.expected).toBeNull();
  }); // prettier-ignore
});

describe("what became of a decision", () => {
  it.each([
    ["kept", "keep", null, "2026-12-15", 9, "kept"],
    ["before its due date", "kill", "2026-11-30", "2026-11-29", 9, "open"],
    ["on it", "kill", "2026-11-30", "2026-11-30", 9, "open"],
    ["calls on the day after it", "kill", "2026-11-30", "2026-12-02", 1, "overdue"],
    ["no call, of less than seven whole days", "kill", "2026-11-30", "2026-12-07", 0, "waiting"],
    ["no call in seven whole days", "kill", "2026-11-30", "2026-12-08", 0, "done"],
    ["merged, and still called", "merge", "2026-11-30", "2026-12-20", 1, "overdue"],
    ["a limit", "throttle", "2026-11-30", "2026-12-20", 500, "measured"],
  ] as const)("%s", (_name, decision, dueOn, today, calls, state) => {
    expect(stateOf({ decision, dueOn, today, calls })).toBe(state);
  });
});

describe("what is said of a due date", () => {
  const said = (today: string, change: object = {}) =>
    reminderDue({
      decision: "kill",
      dueOn: "2026-11-30",
      decidedOn: "2026-11-02",
      today,
      calls: 3,
      ...change,
    });
  it.each([
    ["eight days before", "2026-11-22", {}, null],
    ["seven days before", "2026-11-23", {}, "before"],
    ["a day before, for whoever was down", "2026-11-29", {}, "before"],
    ["decided within that week", "2026-11-29", { decidedOn: "2026-11-24" }, null],
    ["decided just before that week", "2026-11-29", { decidedOn: "2026-11-23" }, "before"],
    ["on the day", "2026-11-30", {}, "due"],
    ["six days late", "2026-12-06", {}, "due"],
    ["a week after", "2026-12-07", {}, "late-1"],
    ["three weeks and two days after", "2026-12-23", {}, "late-3"],
    ["a week after, and gone", "2026-12-08", { calls: 0 }, null],
    ["a limit is not late", "2026-12-20", { decision: "throttle" }, null],
    ["what is kept", "2026-11-30", { decision: "keep", dueOn: null }, null],
  ])("%s", (_name, today, change, kind) => {
    expect(said(today, change)).toBe(kind);
  });
});

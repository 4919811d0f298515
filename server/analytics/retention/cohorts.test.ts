import { describe, expect, it } from "vitest";
import { agesOf, type Awaited, cohortsOf, type CountedCell } from "./cohorts";

const question = { grain: "month", last: "2026-11-01", running: "2026-11-01", minUsers: 20 } as const;
const cell = (cohort: string, period: string, activeUsers: number, more: Partial<CountedCell> = {}): CountedCell => ({
  cohort,
  period,
  activeUsers,
  calls: activeUsers * 3,
  events: 0,
  costUsd: String(activeUsers),
  unpricedCalls: 0,
  lastUsers: 0,
  lastCostUsd: "0",
  ...more,
}); // prettier-ignore
const september = [
  cell("2026-09-01", "2026-09-01", 40, { lastUsers: 10, lastCostUsd: "7.5" }),
  cell("2026-09-01", "2026-10-01", 25, { lastUsers: 15, lastCostUsd: "30" }),
  cell("2026-09-01", "2026-11-01", 10, { lastUsers: 15, lastCostUsd: "99", unpricedCalls: 4 }),
];
const of = (counted: CountedCell[], awaited: Awaited[] = [], more = {}) =>
  cohortsOf({ ...question, ...more }, counted, awaited);

describe("a cohort", () => {
  it("tells who is there at each age, with an interval, and what one of them costs", () => {
    const [cohort] = of(september);
    expect(cohort).toMatchObject({ cohort: "2026-09-01", users: 40, isTooFew: false });
    expect(cohort?.cells.map(({ age, share, costPerUserUsd, isRunning }) => [age, share, costPerUserUsd, isRunning])).toEqual([
      [0, "1", "1", false],
      [1, "0.625", "1", false],
      [2, "0.25", "1", true],
    ]); // prettier-ignore
    // By a calculator: n = 40, p = 0.625, z = 1.96.
    expect(cohort?.cells[1]).toMatchObject({ low: "0.470322", high: "0.757772" });
    expect(cohort?.cells[0]).toMatchObject({ low: null, high: null });
    expect(cohort?.cells[2]?.unpricedCalls).toBe(4);
  });

  it("tells who left before a period and what they had cost, but not who may come back yet", () => {
    const left = (cohorts: ReturnType<typeof of>) =>
      cohorts[0]?.cells.map(({ leftUsers, leftCostUsd }) => [leftUsers, leftCostUsd]);
    expect(left(of(september))).toEqual([[0, "0"], [10, "7.5"], [25, "37.5"]]); // prettier-ignore
    const awaited = [
      { cohort: "2026-09-01", period: "2026-10-01", users: 4, costUsd: "12.25" },
      { cohort: "2026-08-01", period: "2026-10-01", users: 9, costUsd: "1" },
    ];
    expect(left(of(september, awaited))).toEqual([[0, "0"], [10, "7.5"], [21, "25.25"]]); // prettier-ignore
  });

  it("has a cell for a period in which nobody was there: 0 of it is known", () => {
    const [cohort] = of([september[0] as CountedCell, september[2] as CountedCell]);
    expect(cohort?.cells[1]).toMatchObject({
      activeUsers: 0,
      share: "0",
      costUsd: "0",
      costPerUserUsd: null,
      leftUsers: 10,
    });
  });

  it.each([
    [19, true],
    [20, false],
  ])("of %i users is too small to claim anything of: %s", (users, isTooFew) => {
    const [cohort] = of([cell("2026-10-01", "2026-10-01", users), cell("2026-10-01", "2026-11-01", 5)]);
    expect(cohort?.isTooFew).toBe(isTooFew);
    expect(cohort?.cells[1]?.share === null).toBe(isTooFew);
    expect(cohort?.cells[1]?.low === null).toBe(isTooFew);
    expect(cohort?.cells[1]?.costPerUserUsd === null).toBe(isTooFew);
    // Counts are no claims.
    expect(cohort?.cells[1]).toMatchObject({ activeUsers: 5, costUsd: "5" });
  });

  it("of one user says what there is", () => {
    const [cohort] = of([cell("2026-11-01", "2026-11-01", 1)], [], { minUsers: 1 });
    expect(cohort?.cells).toEqual([
      expect.objectContaining({ age: 0, share: "1", costPerUserUsd: "1", isRunning: true }),
    ]);
  });

  it("is told up to the last period that was asked for, the oldest cohort first", () => {
    const later = [cell("2026-10-01", "2026-10-01", 30), ...september.slice(0, 2)];
    const cohorts = of(later, [], { last: "2026-10-01" });
    expect(cohorts.map(({ cohort, cells }) => [cohort, cells.length])).toEqual([
      ["2026-09-01", 2],
      ["2026-10-01", 1],
    ]);
  });

  it("none: nobody was ever there", () => {
    expect(of([])).toEqual([]);
    expect(agesOf([], 20)).toEqual([]);
  });
});

it("all cohorts of an age are one, as far as their period is over", () => {
  const cohorts = of([
    ...september,
    cell("2026-10-01", "2026-10-01", 10),
    cell("2026-10-01", "2026-11-01", 9),
  ]);
  const ages = agesOf(cohorts, 20);
  expect(ages.map(({ age, cohorts: number, users, activeUsers, share, costUsd }) => [age, number, users, activeUsers, share, costUsd])).toEqual([
    [0, 2, 50, 50, "1", "50"],
    [1, 1, 40, 25, "0.625", "25"],
  ]); // prettier-ignore
  expect(agesOf(cohorts, 41).map(({ isTooFew, share }) => [isTooFew, share])).toEqual([
    [false, "1"],
    [true, null],
  ]);
});

it("amounts are exact", () => {
  const counted = [cell("2026-09-01", "2026-09-01", 30, { costUsd: "0.100000000000000001" }), cell("2026-08-01", "2026-08-01", 30, { costUsd: "0.2" })]; // prettier-ignore
  expect(agesOf(of(counted), 20)[0]).toMatchObject({
    costUsd: "0.300000000000000001",
    costPerUserUsd: "0.005",
  });
});

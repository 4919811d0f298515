import { describe, expect, it } from "vitest";
import type { SpendFigures } from "@/server/analytics/schemas";
import { excessOf } from "./excess";

const row = (key: string | null, costUsd: string) => ({ key, current: { costUsd } as SpendFigures });
const spread = (p50Usd: string, p99Usd: string, count = 10) => ({
  users: { count, unpricedOnly: 0 },
  costUsd: "100",
  perUser: { p50Usd, p99Usd },
});
const keys = (found: ReturnType<typeof excessOf>) => found?.people.map(({ key }) => key);

describe("excessOf", () => {
  const rows = [row("a", "50.5"), row(null, "40"), row("b", "20.5"), row("c", "10"), row("d", "1")];
  it.each([
    ["ten times the median", spread("1", "30"), ["a", "b"]],
    ["just at the limit is not beyond it", spread("2.05", "30"), ["a"]],
    ["twice the 99th percentile where that is less", spread("9", "12"), ["a"]],
    ["a median of nothing", spread("0", "10"), ["a", "b"]],
    ["all of them cost nothing", spread("0", "0"), []],
    ["nobody", spread("6", "50"), []],
  ])("lists those beyond the limit: %s", (_name, of, expected) =>
    expect(keys(excessOf(rows, rows.length, of))).toEqual(expected),
  );
  it("says what they cost together, its share, and what lies beyond the limit", () =>
    expect(excessOf(rows, rows.length, spread("1", "30"))).toMatchObject({
      limitUsd: "10",
      limit: { times: 10, of: "median" },
      costUsd: "71",
      costShare: 0.71,
      beyondUsd: "51",
      isCutOff: false,
      people: [{ key: "a", timesMedian: 50.5 }, { key: "b", timesMedian: 20.5 }],
    })); // prettier-ignore
  it("knows no multiple of a median of nothing", () =>
    expect(excessOf(rows, 5, spread("0", "10"))?.people[0]?.timesMedian).toBeNull());
  it.each([
    ["rows end before the list", 9, spread("0.05", "30"), true],
    ["the list ends before the rows", 9, spread("1", "30"), false],
    ["there are no more rows", 5, spread("0.05", "30"), false],
  ])("tells whether there are more: %s", (_name, groups, of, isCutOff) =>
    expect(excessOf(rows, groups, of)?.isCutOff).toBe(isCutOff),
  );
  it("says nothing of few people, nor where no cost is known", () => {
    expect(excessOf(rows, 5, spread("1", "30", 9))).toBeNull();
    expect(excessOf(rows, 5, { ...spread("1", "30", 12), users: { count: 12, unpricedOnly: 3 } })).toBeNull();
    expect(excessOf(rows, 5, { ...spread("1", "30"), perUser: null })).toBeNull();
  });
});

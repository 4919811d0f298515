import { describe, expect, it } from "vitest";
import { adoptionOf, adoptionTrends } from "./adoption";
import { costOf, noSums, usersSaid, usesOf, valueOf } from "./value-of";

it.each([
  [10, 3, 10],
  [3, 10, 10],
  [0, 0, 0],
  [4, 4, 4],
])("of %i requests and %i events there are %i uses", (requests, events, uses) =>
  expect(usesOf({ requests, events })).toBe(uses),
);

it.each([
  [0, 0, 0],
  [0, 5, null],
  [2, 5, 2],
])("%i users of %i uses are told as %s", (users, uses, told) => expect(usersSaid(users, uses)).toBe(told));

it.each([
  ["10", 4, "2.5"],
  ["1", 3, "0.333333333333"],
  ["0", 3, "0"],
  ["10", 0, null],
  ["10", null, null],
])("%s by %s is %s", (usd, each, cost) => expect(costOf(usd, each)).toBe(cost));

it("a feature without anything has zeros, and nothing to divide by", () => {
  expect(valueOf(noSums("planned"), 0)).toMatchObject({
    uses: 0, activeUsers: 0, costUsd: "0", successRate: null, costPerActiveUserUsd: null, costPerSuccessUsd: null, conversions: 0,
    costPerConversionUsd: null,
  }); // prettier-ignore
});

describe("adoption", () => {
  it.each([
    [5, 20, 20, "0.25"],
    [0, 20, 20, "0"],
    [5, 19, 20, null],
    [null, 50, 20, null],
    [0, 0, 1, null],
  ])("of %s users among %i, at least %i", (users, everybody, least, share) =>
    expect(adoptionOf(users, everybody, least)).toBe(share),
  );

  it("is told period by period: 0 where others were there, a gap where nobody was or nobody says who", () => {
    const periods = ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"];
    const points = [
      { feature: "chat", period: "2026-11-02", users: 10, calls: 12, events: 0 },
      { feature: "chat", period: "2026-11-16", users: 0, calls: 3, events: 0 },
      { feature: "mail", period: "2026-11-09", users: 1, calls: 0, events: 1 },
    ];
    const everybody = new Map([["2026-11-02", 40], ["2026-11-09", 8], ["2026-11-16", 40]]); // prettier-ignore
    expect(adoptionTrends(periods, points, everybody, 20)("chat")).toEqual([
      { period: "2026-10-26", activeUsers: null, adoption: null },
      { period: "2026-11-02", activeUsers: 10, adoption: "0.25" },
      { period: "2026-11-09", activeUsers: 0, adoption: null },
      { period: "2026-11-16", activeUsers: null, adoption: null },
    ]);
    expect(adoptionTrends(periods, points, everybody, 20)("nobody's").map(({ adoption }) => adoption)).toEqual([null, "0", null, "0"]); // prettier-ignore
  });
});

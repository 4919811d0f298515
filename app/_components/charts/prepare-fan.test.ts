import { describe, expect, it } from "vitest";
import { prepareFan } from "./prepare-fan";

const day = (n: number) => `2026-11-${String(n).padStart(2, "0")}`;
const past = (from: number, to: number, usd = 10) =>
  Array.from({ length: to - from + 1 }, (_, at) => ({
    day: day(from + at),
    costUsd: String(usd),
    soFarUsd: String((at + 1) * usd),
  }));
const ahead = (from: number, to: number, spread = 1) =>
  Array.from({ length: to - from + 1 }, (_, at) => {
    const soFar = (from + at) * 10;
    return {
      day: day(from + at),
      expectedUsd: "10",
      soFarUsd: String(soFar),
      soFarLowUsd: String(soFar - (at + 1) * spread),
      soFarHighUsd: String(soFar + (at + 1) * spread),
    };
  });
const period = { first: day(1), last: day(10) };

describe("a fan", () => {
  const days = [...past(1, 3), { day: day(4), costUsd: "4", soFarUsd: "34" }];
  const fan = prepareFan({ period, days, line: ahead(4, 10), amountUsd: "80" });

  it("begins with nothing, and goes on from where yesterday ended", () => {
    expect(fan.top).toBe(120);
    expect(fan.spent).toEqual([[0, 0], [0.1, 10 / 120], [0.2, 20 / 120], [0.3, 30 / 120]]); // prettier-ignore
    expect(fan.expected[0]).toEqual(fan.spent.at(-1));
    expect(fan.expected.at(-1)).toEqual([1, 100 / 120]);
    expect(fan.expected).toHaveLength(8);
  });

  it("has a band around what is expected, forth above and back below", () => {
    expect(fan.band).toHaveLength(16);
    expect(fan.band[7]).toEqual([1, 107 / 120]);
    expect(fan.band[8]).toEqual([1, 93 / 120]);
    expect(fan.band.at(-1)).toEqual(fan.band[0]);
  });

  it("tells today as it stands and as it is expected", () => {
    expect(fan.days[3]).toMatchObject({ isToday: true, costUsd: "4", expectedUsd: "10", soFarUsd: "34", forecast: { expectedUsd: "40" } }); // prettier-ignore
    expect(fan.todayAt).toBeCloseTo(0.4);
    expect(fan.amountAt).toBeCloseTo(80 / 120);
  });

  it("names no more days than there is place for", () => {
    expect(fan.ticks.map(({ text }) => text)).toEqual(["1 Nov", "3 Nov", "5 Nov", "7 Nov", "9 Nov"]);
  });
});

it.each([
  ["before the first call nothing is drawn", [{ day: day(1), costUsd: null, soFarUsd: "0" }, ...past(2, 3)], [], [[0.2, 0.5], [0.3, 1]], 0],
  ["a stretch that is over has no fan", past(1, 10), [], 11, 0],
  ["one still to come is all fan, from nothing", [], ahead(1, 10), [], 11],
] as const)("%s", (_, days, line, spent, expected) => {
  const fan = prepareFan({ period, days, line, amountUsd: null });
  if (typeof spent === "number") expect(fan.spent).toHaveLength(spent);
  else expect(fan.spent).toHaveLength(spent.length);
  expect(fan.expected).toHaveLength(expected);
  expect(fan.amountAt).toBeNull();
  if (expected > 0) expect([fan.expected[0], fan.todayAt]).toEqual([[0, 0], null]);
}); // prettier-ignore

it("nothing at all still has an axis", () => {
  const fan = prepareFan({ period, days: [], line: [], amountUsd: null });
  expect([fan.top, fan.spent, fan.band]).toEqual([1, [], []]);
});

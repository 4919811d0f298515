import { describe, expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { spreadOf } from "./spread";

const texts = (byDay: string[], sampling = "0") => {
  const { sum, low, high } = spreadOf(byDay.map((usd) => new Usd(usd)), new Usd(sampling)); // prettier-ignore
  return [sum, low, high].map((usd) => usd.toDecimalPlaces(6).toFixed());
};

describe("what a month like it would save", () => {
  it.each([
    ["no day", [], "0", ["0", "0", "0"]],
    ["one day, which says nothing of others", ["5"], "0", ["5", "5", "5"]],
    ["days that are all alike", ["2", "2", "2"], "0", ["6", "6", "6"]],
    // Variance of a day 8, of two 16: 1.96 × 4 either way.
    ["days that differ", ["1", "5"], "0", ["6", "-1.84", "13.84"]],
    ["a sample of days that are alike", ["2", "2"], "4", ["4", "0.08", "7.92"]],
  ])("%s", (_name, byDay, sampling, expected) => expect(texts(byDay, sampling)).toEqual(expected));
});

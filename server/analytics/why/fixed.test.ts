import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { fromDecimal, one, times, toNumber, toUsd } from "./fixed";

describe("steps of 2^-160", () => {
  it.each([
    ["1.5", "1.5"],
    ["-0.000000000000000001", "-0.000000000000000001"],
    ["0.0000000000000000005", "0"],
    ["0.0000000000000000015", "0.000000000000000002"],
    ["0.0000000000000000025", "0.000000000000000002"],
    ["-0.0000000000000000015", "-0.000000000000000002"],
    ["-0.0000000000000000004", "0"],
    ["123456789012345678.999999999999999999", "123456789012345678.999999999999999999"],
  ])("%s is told as %s USD", (text, usd) => {
    expect(toUsd(fromDecimal(text)).toFixed()).toBe(usd);
  });

  it.each([
    ["0.0000005", 0],
    ["0.0000015", 0.000002],
    ["-0.0000015", -0.000002],
    ["-0.0000001", 0],
    ["1234.5678905", 1234.56789],
  ])("%s is shown as %d", (text, shown) => {
    expect(toNumber(fromDecimal(text))).toBe(shown);
  });

  it("are rounded as decimals are", () => {
    const amounts = fc.bigInt({ min: -(one << 40n), max: one << 40n });
    fc.assert(
      fc.property(amounts, (fixed) => {
        const exact = new Usd(fixed.toString()).div(one.toString());
        expect(toUsd(fixed).eq(exact.toDecimalPlaces(18))).toBe(true);
        expect(toNumber(fixed)).toBeCloseTo(exact.toDecimalPlaces(6).toNumber(), 6);
        expect([times(fixed, one), times(one, fixed), times(fixed, 0n)]).toEqual([fixed, fixed, 0n]);
      }),
      { seed: 20261122 },
    );
  });
});

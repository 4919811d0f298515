import { describe, expect, it } from "vitest";
import {
  changeOf,
  compareUsd,
  formatAxis,
  formatDecimal,
  formatExact,
  formatTotal,
  formatTotalChange,
  formatUnitCost,
  meanUsd,
  shareOf,
  subtractUsd,
  sumUsd,
} from "./money";

describe("formatTotal", () => {
  it.each([
    ["nothing", "0", "$0.00"],
    ["nothing, with 18 decimals", "0.000000000000000000", "$0.00"],
    ["a trace is not nothing", "0.000000000000000001", "< $0.01"],
    ["just below a cent", "0.009999", "< $0.01"],
    ["a cent", "0.01", "$0.01"],
    ["half to even down", "1.005", "$1.00"],
    ["half to even up", "1.015", "$1.02"],
    ["thousands", "1234567.891", "$1,234,567.89"],
    ["beyond what a float can hold", "9007199254740993.12", "$9,007,199,254,740,993.12"],
    ["a correction", "-12.5", "−$12.50"],
    ["a trace of a correction", "-0.001", "−< $0.01"],
    ["scientific input", "1e-7", "< $0.01"],
  ])("%s", (_case, usd, text) => expect(formatTotal(usd)).toBe(text));
});

describe("formatTotalChange", () => {
  it.each([
    ["more", "12.5", "+$12.50"],
    ["less", "-3", "−$3.00"],
    ["a trace", "0.0001", "+< $0.01"],
    ["nothing, with 18 decimals", "0.000000000000000000", "±$0.00"],
  ])("%s", (_case, usd, text) => expect(formatTotalChange(usd)).toBe(text));
});

describe("formatUnitCost", () => {
  it.each([
    ["nothing", "0", "$0.00"],
    ["two at least", "3", "$3.00"],
    ["as many as it has", "0.0125", "$0.0125"],
    ["six at most", "0.00123456789", "$0.001235"],
    ["rounding does not leave zeros", "0.1000001", "$0.10"],
    ["below the sixth", "0.0000004", "< $0.000001"],
  ])("%s", (_case, usd, text) => expect(formatUnitCost(usd)).toBe(text));
});

describe("formatExact", () => {
  it.each([
    ["0.000000000000000001", "$0.000000000000000001"],
    ["12.500000000000000000", "$12.50"],
    ["1234.5678901", "$1,234.5678901"],
  ])("%s", (usd, text) => expect(formatExact(usd)).toBe(text));
});

describe("sums", () => {
  it("adds what floats cannot", () => expect(sumUsd(["0.1", "0.2"])).toBe("0.3"));
  it("keeps eighteen decimals", () =>
    expect(sumUsd(["9007199254740993", "0.000000000000000001"])).toBe("9007199254740993.000000000000000001"));
  it("subtracts", () => expect(subtractUsd("0.3", "0.1")).toBe("0.2"));
  it("has no mean of nothing", () => expect(meanUsd("3", 0)).toBeNull());
  it("means to the ledger's decimals", () => expect(meanUsd("1", 3)).toBe("0.333333333333333333"));
  it("has no share of nothing", () => expect(shareOf("0", "0")).toBeNull());
  it("has no change from nothing", () => expect(changeOf("3", "0")).toBeNull());
  it("changes", () => expect(changeOf("1.3", "1")).toBeCloseTo(0.3, 12));
});

describe("formatAxis", () => {
  it.each([
    [0, "$0"],
    [0.25, "$0.25"],
    [12.5, "$12.5"],
    [1500, "$1.5k"],
    [999_000, "$999k"],
    [3_400_000, "$3.4M"],
  ])("%s", (usd, text) => expect(formatAxis(usd)).toBe(text));
});

it.each([
  ["1", "1.000", 0],
  ["0.000000000000000001", "0", 1],
  ["123456789012345678.000000000000000001", "123456789012345678.000000000000000002", -1],
  ["-1", "0", -1],
] as const)("%s against %s is %i, to the last decimal", (one, other, expected) => {
  expect(compareUsd(one, other)).toBe(expected);
});

describe("formatDecimal", () => {
  it.each([
    ["whole", "1234567", "1,234,567"],
    ["without zeros at its end", "12.500000000000000000", "12.5"],
    ["every digit", "0.000000000000000001", "0.000000000000000001"],
    ["less than nothing", "-20", "−20"],
  ])("%s", (_case, decimal, text) => expect(formatDecimal(decimal)).toBe(text));
});

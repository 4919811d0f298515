import { describe, expect, it } from "vitest";
import { exactText, figureText, gapText, linkNameOfId, microToUsd } from "./words";

describe("millionths of a dollar", () => {
  it.each([
    ["0", "0.000000"],
    ["1", "0.000001"],
    ["-2500000", "-2.500000"],
    ["123456789012345", "123456789.012345"],
  ])("%s is %s", (micro, usd) => expect(microToUsd(micro)).toBe(usd));
});

describe("figures", () => {
  it.each([
    ["1234567", "tokens", "1,234,567 tokens"],
    ["-1000", "calls", "−1,000 calls"],
    ["120505000", "cost_micro_usd", "$120.505"],
    ["0.000000000000000001", "usd", "$0.000000000000000001"],
  ] as const)("%s %s is %s", (value, unit, text) => expect(exactText(value, unit)).toBe(text));

  it("are shown as totals, and differences with their sign", () => {
    expect(figureText("1234.567", "usd")).toBe("$1,234.57");
    expect([gapText("2.5", "usd"), gapText("-2.5", "usd"), gapText("0.000", "usd"), gapText("1200", "tokens")]).toEqual([
      "+$2.50",
      "−$2.50",
      "$0.00",
      "+1,200 tokens",
    ]); // prettier-ignore
  });

  it("are named by where they stand", () => {
    expect([linkNameOfId("rollup"), linkNameOfId("provider:openai")]).toEqual(["Roll-ups", "Bill of openai"]);
  });
});

import { expect, it } from "vitest";
import { discountFactor } from "./discount-factor";

it.each([
  ["12", "off", "0.88"],
  ["12 %", "off", "0.88"],
  ["0.1", "off", "0.999"],
  ["5", "up", "1.05"],
  ["100", "off", null],
  ["0", "off", null],
  ["-3", "off", null],
  ["1e3", "up", null],
  ["", "off", null],
] as const)("%s %s is %s", (percent, kind, factor) => {
  expect(discountFactor(percent, kind)).toBe(factor);
});

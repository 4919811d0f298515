import { expect, it } from "vitest";
import { dollars, percent, times } from "./finding";

it.each<[string, string]>([
  ["0", "$0.00"],
  ["41.2", "$41.20"],
  ["1194.204", "$1,194.20"],
  ["1234567", "$1,234,567.00"],
  ["0.0132", "$0.0132"],
  ["0.5", "$0.50"],
  ["0.000001234", "$0.00000123"],
  ["-3.5", "−$3.50"],
])("%s is %s", (usd, words) => expect(dollars(usd)).toBe(words));

it.each<[number, string]>([
  [0, "0 %"],
  [0.004, "0.4 %"],
  [0.051, "5.1 %"],
  [0.634, "63 %"],
  [13.43, "1343 %"],
])("%d is %s", (share, words) => expect(percent(share)).toBe(words));

it("a factor has one decimal at most", () => {
  expect([times(2), times(3.14), times(40.26)]).toEqual(["2 ×", "3.1 ×", "40.3 ×"]);
});

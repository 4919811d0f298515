import { expect, it } from "vitest";
import { suggestionOf } from "./suggestion";

const october = { from: "2026-10-01", to: "2026-11-01" };
it.each([
  ["a month", "1234.56", "month", "1300", "Oct 2026 cost $1,234.56."],
  ["a round one", "1200", "month", "1200", "Oct 2026 cost $1,200.00."],
  ["a day of it", "310", "day", "10", "A day of Oct 2026 cost $10.00 on average."],
  ["next to nothing", "0.0001", "month", "0.01", "Oct 2026 cost < $0.01."],
] as const)("%s", (_, usd, period, amount, words) => {
  expect(suggestionOf(usd, period, october)).toEqual({ amount, words });
});

import { expect, it } from "vitest";
import { outlook } from "./outlook";

const period = { first: "2026-11-01", last: "2026-11-30" };
const forecast = { method: "weekday-aware", reason: null, expectedUsd: "120.00", lowUsd: "110.00", highUsd: "131.00" } as const; // prettier-ignore
const month = (amountUsd: string) => [{ amountUsd, period: "month" as const }];

it.each([
  ["no budget, no forecast", [], null, "$80.00 spent so far in Nov 2026."],
  ["no budget", [], forecast, "$80.00 spent so far in Nov 2026; about $120.00 by its end, in four of five cases $110.00 to $131.00."],
  ["a budget that holds", month("150"), forecast, "$80.00 of a budget of $150.00 spent so far in Nov 2026; about $120.00 by its end, in four of five cases $110.00 to $131.00: $30.00 to spare."],
  ["one that does not", month("100"), forecast, "$80.00 of a budget of $100.00 spent so far in Nov 2026; about $120.00 by its end, in four of five cases $110.00 to $131.00: $20.00 too much."],
  ["one that holds exactly", month("120"), forecast, "$80.00 of a budget of $120.00 spent so far in Nov 2026; about $120.00 by its end, in four of five cases $110.00 to $131.00: $0.00 to spare."],
  ["a day's alone", [{ amountUsd: "5", period: "day" as const }], null, "$80.00 spent so far in Nov 2026."],
] as const)("%s", (_, budgets, told, sentence) => {
  expect(outlook({ usedUsd: "80", period, forecast: told, budgets })).toBe(sentence);
}); // prettier-ignore

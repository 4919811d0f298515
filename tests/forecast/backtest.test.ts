import { beforeAll, expect, it } from "vitest";
import { acme } from "@/prisma/seed/acme";
import { backtest, horizons, type PastError } from "@/server/forecast/backtest";
import { seededCosts } from "./demo-costs";

/**
 * The demo's seed and stories with fewer calls, for time: noisier days than the demo's own. server/forecast/README.md has the
 * table of all of them. Nothing in server/forecast was chosen by these series.
 */
const made = { now: new Date("2026-11-21T08:40:00Z"), seed: 20_261, calls: 60_000, withStories: true };
const fewestUsd = 1;

const results = new Map<string, PastError[]>();

beforeAll(async () => {
  const { days, hours } = await seededCosts(acme, made);
  for (const [name, rows] of hours) {
    // The first and the last day are not whole.
    const past = rows.slice(1, -1).map((row) => row.reduce((sum, usd) => sum + usd, 0));
    if (past.reduce((sum, usd) => sum + usd, 0) < fewestUsd) continue;
    const first = days[1];
    if (first) results.set(name, backtest({ first, past, today: { usd: 0, share: 0 } }));
  }
}, 120_000);

/** Over all subjects: each forecast counts alike. */
function pooled(days: number) {
  const all = [...results.values()].flatMap((errors) => errors.filter((one) => one.days === days));
  const forecasts = all.reduce((sum, one) => sum + one.forecasts, 0);
  const mean = (value: (of: PastError) => number | null) =>
    all.reduce((sum, one) => sum + (value(one) ?? 0) * one.forecasts, 0) / forecasts;
  return {
    days,
    forecasts,
    covered: mean((one) => one.covered),
    weekdayAware: mean((one) => one.weekdayAware),
    burnRate: mean((one) => one.burnRate),
  };
}

it("four of five outcomes lie within the interval, and errors are smaller than the burn rate's", () => {
  const rows = horizons.map(pooled);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8);
  process.stdout.write(
    [
      `\nForecasts of ${String(results.size)} subjects of the demo, one from each day:`,
      "days ahead  forecasts  in the 80 % interval  error: weekday-aware  burn rate",
      ...rows.map(
        ({ days, forecasts, ...of }) =>
          `${String(days).padStart(10)} ${String(forecasts).padStart(10)} ${percent(of.covered).padStart(21)} ${percent(of.weekdayAware).padStart(21)} ${percent(of.burnRate)}`,
      ),
      "",
    ].join("\n"),
  );
  expect(results.size).toBeGreaterThan(12);
  const forecasts = rows.reduce((sum, row) => sum + row.forecasts, 0);
  const covered = rows.reduce((sum, row) => sum + row.covered * row.forecasts, 0) / forecasts;
  expect(covered).toBeGreaterThanOrEqual(0.75);
  expect(covered).toBeLessThanOrEqual(0.85);
  const meanError = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + of(row) * row.forecasts, 0) / forecasts;
  expect(meanError(({ weekdayAware }) => weekdayAware)).toBeLessThan(meanError(({ burnRate }) => burnRate));
  // Four whole weeks have each weekday four times: there the rhythm tells nothing, and both err alike.
  for (const row of rows.filter(({ days }) => days < 28))
    expect(row.weekdayAware, `${String(row.days)} days`).toBeLessThan(row.burnRate);
});

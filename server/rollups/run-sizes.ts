/**
 * Bounds of the buckets that runs' costs are counted in, ascending: every amount of two significant digits from 10^-9 to
 * 9.9 × 10^5 USD. As decimal strings, so that no bound is off by a digit.
 */
export const runCostBounds: readonly string[] = Array.from({ length: 15 }, (_, at) => at - 9).flatMap(
  (power) => Array.from({ length: 90 }, (_, digits) => decimal(digits + 10, power - 1)),
);

/** `digits` × 10^`power`. */
function decimal(digits: number, power: number): string {
  const text = String(digits);
  if (power >= 0) return text + "0".repeat(power);
  const places = -power;
  const padded = text.padStart(places + 1, "0");
  const [whole, part] = [padded.slice(0, -places), padded.slice(-places).replace(/0+$/, "")];
  return part === "" ? whole : `${whole}.${part}`;
}

/** A run of which nothing has a price has no known cost: not nothing. Of a row that is the whole run. */
export const isUnpricedRun =
  "(cost_usd = 0 AND unpriced_calls + unpriced_tokens > 0 AND calls <= unpriced_calls)";

/** Counts of runs, each of a row that is a whole run. */
export const runCounts = {
  runs: "true",
  unpriced_runs: isUnpricedRun,
  partly_unpriced_runs: `unpriced_calls + unpriced_tokens > 0 AND NOT ${isUnpricedRun}`,
  error_runs: "error_calls > 0",
  retry_runs: "retry_calls > 0",
} as const;

import { deviations } from "@/server/analytics/wilson";
import { Usd, usdText } from "@/server/prices/decimal";
import { type Baseline, fewestMeasuredDays, type Measured, type MeasuredDay } from "./schemas";

/** Calls with a price, on either side, below which nothing is claimed. */
export const fewestCalls = 20;

interface Ratio {
  calls: number;
  cost: Usd;
  perCall: Usd;
  /** Of the cost per call, from how its days differ (USD² a call²). */
  variance: Usd;
}

/** Σ cost ÷ Σ calls, and its variance: that of a ratio of sums over independent days. */
function ratioOf(days: readonly MeasuredDay[]): Ratio | null {
  const told = days.filter(({ calls }) => calls > 0);
  const calls = told.reduce((sum, day) => sum + day.calls, 0);
  if (calls < fewestCalls || told.length < 2) return null;
  const cost = told.reduce((sum, { costUsd }) => sum.plus(costUsd), new Usd(0));
  const perCall = cost.div(calls);
  const squares = told.reduce(
    (sum, day) => sum.plus(new Usd(day.costUsd).minus(perCall.times(day.calls)).pow(2)),
    new Usd(0),
  );
  const variance = squares
    .times(told.length)
    .div(told.length - 1)
    .div(new Usd(calls).pow(2));
  return { calls, cost, perCall, variance };
}

/**
 * What the days after acceptance came to: their calls at the former cost per call, less what they cost. Seen once the
 * whole 95 % interval lies above 0. Null: too few calls or days to say anything.
 * @param after whole local days since acceptance, those without calls may be left out
 * @param range of those days, both included
 */
export function measure(
  baseline: Pick<Baseline, "days">,
  after: readonly MeasuredDay[],
  range: { first: string; last: string; days: number },
): Measured | null {
  if (range.days < fewestMeasuredDays) return null;
  const [before, now] = [ratioOf(baseline.days), ratioOf(after)];
  if (!before || !now) return null;
  const expected = before.perCall.times(now.calls);
  const fall = expected.minus(now.cost);
  const either = before.variance.plus(now.variance).sqrt().times(now.calls).times(deviations);
  const low = fall.minus(either);
  return {
    ...range,
    calls: now.calls,
    costUsd: usdText(now.cost),
    expectedUsd: usdText(expected),
    savingUsd: usdText(fall.isNegative() ? new Usd(0) : fall),
    lowUsd: usdText(low),
    highUsd: usdText(fall.plus(either)),
    isSeen: low.gt(0),
  };
}

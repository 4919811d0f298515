import { deviations } from "@/server/analytics/wilson";
import { Usd } from "@/server/prices/decimal";

/**
 * What a month is likely to save that is made of days like these: the sum, and 1.96 standard deviations of a sum of as many
 * days either way. Days are taken for independent.
 * @param byDay USD of every day, those without calls as 0
 * @param samplingVariance USD², where only some of the calls were looked at
 */
export function spreadOf(
  byDay: readonly Usd[],
  samplingVariance = new Usd(0),
): { sum: Usd; low: Usd; high: Usd } {
  const sum = byDay.reduce((total, day) => total.plus(day), new Usd(0));
  const days = byDay.length;
  if (days < 2) return { sum, low: sum, high: sum };
  const mean = sum.div(days);
  const squares = byDay.reduce((total, day) => total.plus(day.minus(mean).pow(2)), new Usd(0));
  const variance = squares
    .div(days - 1)
    .times(days)
    .plus(samplingVariance);
  const either = variance.sqrt().times(deviations);
  return { sum, low: sum.minus(either), high: sum.plus(either) };
}

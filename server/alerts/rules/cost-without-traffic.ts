import { Usd, usdText } from "@/server/prices/decimal";
import { dollars, excess, type Finding, statistic, times } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, firstSeen, likeDays, range, trailingDays, featureName } from "../series";
import { meanOf, spreadOf, upperEdge } from "../statistics";

const daysOfBand = 14;

/**
 * What a priced call costs against the week before, on a day without more calls than usual: more traffic costs more and is
 * no one's fault, the same traffic at twice the price is.
 * @param at the end of the local day that is judged
 */
export function costWithoutTraffic(
  { calendar, subject, days }: FeatureFacts,
  params: Params<"cost-without-traffic">,
  at: Date,
): Finding | null {
  const day = calendar.dayEndingAt(at);
  const { calls, unpricedCalls, costUsd } = days.at(day);
  const priced = calls - unpricedCalls;
  const firstDay = firstSeen(days, day);
  if (firstDay === null || firstDay > day - params.minDays || priced < params.minCalls) return null;
  const before = [day - trailingDays, day - 1] as const;
  const pricedBefore = days.sum(...before, (point) => point.calls - point.unpricedCalls);
  const costBefore = days.usd(...before);
  if (pricedBefore < params.minCalls || costBefore.isZero()) return null;
  const callsOf = (other: number) => days.at(other).calls;
  const usualCalls = Math.max(
    meanOf(range(...before).map(callsOf)),
    meanOf(likeDays(day, firstDay).map(callsOf)),
  );
  if (calls > (usualCalls * params.traffic) / 100) return null;
  const usual = costBefore.div(pricedBefore).toDecimalPlaces(12);
  const actual = new Usd(costUsd).div(priced).toDecimalPlaces(12);
  const expectedCost = usual.times(priced);
  if (!actual.gt(usual.times(params.ratio).div(100))) return null;
  if (new Usd(costUsd).minus(expectedCost).lt(params.minUsd)) return null;
  // Where a call's mean jumps about from day to day, twice as much says little.
  const perCall = range(day - daysOfBand, day - 1).flatMap((other) => {
    const point = days.at(other);
    const pricedThen = point.calls - point.unpricedCalls;
    return pricedThen < params.minCalls ? [] : [Number(point.costUsd) / pricedThen];
  });
  if (actual.lte(statistic(upperEdge(spreadOf(perCall), params.sigmas, 0)))) return null;
  return {
    rule: "cost-without-traffic",
    subject,
    severity: "warning",
    window: { from: calendar.startOfDay(day), to: at },
    compare: { from: calendar.startOfDay(before[0]), to: calendar.startOfDay(day) },
    unit: "usd",
    expected: usdText(usual),
    actual: usdText(actual),
    ...excess(new Usd(costUsd), expectedCost, 1, calendar.daysLeftInMonth(at)),
    level: null,
    basis: "final",
    sentence: `A call of ${featureName(subject.key)} cost ${dollars(actual)}, ${times(actual.div(usual).toNumber())} the ${dollars(usual)} of the week before, at ${String(calls)} calls where ${statistic(Math.round(usualCalls))} are usual.`,
    params: { ...params },
    callIds: [],
  };
}

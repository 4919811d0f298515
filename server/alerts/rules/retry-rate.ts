import { percent, type Finding, statistic, dollars } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, featureName, firstSeen, range, trailingDays } from "../series";
import { medianOf } from "../statistics";
import { weekBefore } from "./hour-band";

/**
 * The share of repeats among an hour's attempts against the median of the seven days before, which a night of nothing but
 * repeats does not move. What an hour's share scatters by follows from how many attempts it has.
 * @param at the end of the hour that is judged
 */
export function retryRate(facts: FeatureFacts, params: Params<"retry-rate">, at: Date): Finding | null {
  const { calendar, subject, hours, days } = facts;
  const hour = calendar.hourOf(at) - 1;
  const { calls, retryCalls, retryCostUsd } = hours.at(hour);
  if (calls < params.minCalls || Number(retryCostUsd) < params.minUsd) return null;
  const share = retryCalls / calls;
  const day = calendar.dayOfHour(hour);
  const firstDay = firstSeen(days, day);
  const isKnown = firstDay !== null && firstDay <= day - params.minDays;
  const shares = range(day - trailingDays, day - 1).flatMap((other) => {
    const point = days.at(other);
    return point.calls === 0 ? [] : [point.retryCalls / point.calls];
  });
  const usual = isKnown ? medianOf(shares) : null;
  const isFound =
    usual === null
      ? share >= params.floor / 100
      : share > usual + params.sigmas * Math.sqrt((usual * (1 - usual)) / calls) &&
        share >= usual + params.minRise / 100;
  if (!isFound) return null;
  return {
    rule: "retry-rate",
    subject,
    severity: "warning",
    window: { from: calendar.startOfHour(hour), to: at },
    compare: weekBefore(facts, hour),
    unit: "share",
    expected: usual === null ? null : statistic(usual),
    actual: statistic(share),
    impactUsd: retryCostUsd,
    monthEndUsd: null,
    level: null,
    basis: "final",
    sentence: `${percent(share)} of ${featureName(subject.key)}'s ${String(calls)} attempts within an hour were repeats${usual === null ? "" : ` (usually ${percent(usual)})`}; they cost ${dollars(retryCostUsd)}.`,
    params: { ...params },
    callIds: [],
  };
}

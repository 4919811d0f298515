import { type Finding, percent, statistic } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, firstSeen, range, trailingDays, featureName } from "../series";
import { spreadOf } from "../statistics";

/**
 * The share of input tokens read from a cache. What the misses cost is looked up where the finding becomes an incident,
 * since it takes prices.
 * @param at the end of the local day that is judged
 */
export function cacheHitRate(
  { calendar, subject, days }: FeatureFacts,
  params: Params<"cache-hit-rate">,
  at: Date,
): Finding | null {
  const day = calendar.dayEndingAt(at);
  const shareOn = (other: number) => {
    const { calls, inputTokens, cacheReadTokens } = days.at(other);
    return calls < params.minCalls || inputTokens === 0 ? [] : [cacheReadTokens / inputTokens];
  };
  const [share] = shareOn(day);
  if (share === undefined || Number(days.at(day).costUsd) < params.minUsd) return null;
  const firstDay = firstSeen(days, day);
  if (firstDay === null || firstDay > day - params.minDays) return null;
  const before = [day - trailingDays, day - 1] as const;
  const spread = spreadOf(range(...before).flatMap(shareOn));
  if (spread.points < Math.min(params.minDays, 4)) return null;
  const isBelow = share < spread.mean - params.sigmas * spread.deviation;
  if (!isBelow || spread.mean - share < params.minFall / 100) return null;
  return {
    rule: "cache-hit-rate",
    subject,
    severity: "warning",
    window: { from: calendar.startOfDay(day), to: at },
    compare: { from: calendar.startOfDay(before[0]), to: calendar.startOfDay(day) },
    unit: "share",
    expected: statistic(spread.mean),
    actual: statistic(share),
    impactUsd: null,
    monthEndUsd: null,
    level: null,
    basis: "final",
    sentence: `${percent(share)} of ${featureName(subject.key)}'s input came from a cache; in the week before it was ${percent(spread.mean)}.`,
    params: { ...params },
    callIds: [],
  };
}

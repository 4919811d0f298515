import { usdText } from "@/server/prices/decimal";
import type { Params } from "../schemas";
import { dollars, excess, type Finding, percent, statistic } from "../finding";
import { type FeatureFacts, firstSeen, likeDays, range, trailingDays, featureName } from "../series";
import { meanOf } from "../statistics";
import { Usd } from "@/server/prices/decimal";

/**
 * The day so far against the same part of the days before: of the last seven, and of the same weekday, whichever is more, so
 * that a Monday is no rise after a Sunday.
 * @param at the end of the hour up to which the day is judged
 */
export function dayOverMean(
  { calendar, subject, hours, days }: FeatureFacts,
  params: Params<"day-over-mean">,
  at: Date,
): Finding | null {
  const day = calendar.dayEndingAt(at);
  const first = calendar.firstHourOf(day);
  const elapsed = calendar.hourOf(at) - first;
  if (elapsed <= 0) return null;
  const actual = hours.usd(first, first + elapsed - 1);
  if (actual.isZero()) return null;
  const part = (other: number) => {
    const start = calendar.firstHourOf(other);
    return range(start, start + elapsed - 1).reduce((sum, hour) => sum + hours.cost(hour), 0);
  };
  const firstDay = firstSeen(days, day);
  const isKnown = firstDay !== null && firstDay <= day - params.minDays;
  const trailing = range(day - trailingDays, day - 1).filter(
    (other) => firstDay !== null && other >= firstDay,
  );
  const like = likeDays(day, firstDay ?? day);
  const expected = isKnown ? Math.max(meanOf(trailing.map(part)), meanOf(like.map(part))) : null;
  const isFound =
    expected === null
      ? actual.gte(params.floorUsd)
      : actual.gt((expected * params.ratio) / 100) && actual.minus(expected).gte(params.minUsd);
  if (!isFound) return null;
  const start = calendar.startOfDay(day);
  const weekBefore = calendar.startOfHour(calendar.firstHourOf(day - 7));
  const usual = expected === null ? null : new Usd(statistic(expected));
  return {
    rule: "day-over-mean",
    subject,
    severity: "warning",
    window: { from: start, to: at },
    compare: { from: weekBefore, to: new Date(weekBefore.getTime() + at.getTime() - start.getTime()) },
    unit: "usd",
    expected: usual && usdText(usual),
    actual: usdText(actual),
    ...excess(actual, usual, 1, calendar.daysLeftInMonth(at)),
    level: null,
    basis: "final",
    sentence:
      usual === null
        ? `${featureName(subject.key)} cost ${dollars(actual)} today so far and is too young to be compared with.`
        : usual.isZero()
          ? `${featureName(subject.key)} cost ${dollars(actual)} today so far; until this hour it usually costs nothing.`
          : `${featureName(subject.key)} cost ${dollars(actual)} today so far, ${percent(actual.div(usual).toNumber())} of the ${dollars(usual)} that it usually costs until this hour.`,
    params: { ...params },
    callIds: [],
  };
}

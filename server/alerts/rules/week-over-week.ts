import { usdText } from "@/server/prices/decimal";
import type { Params } from "../schemas";
import { dollars, excess, type Finding, percent } from "../finding";
import { type FeatureFacts, firstSeen, featureName } from "../series";

/**
 * Whole weeks, so that weekdays cancel out. A feature younger than both has nothing to be compared with: then only the
 * floor counts.
 * @param at the end of the local day that is judged
 */
export function weekOverWeek(
  { calendar, subject, days }: FeatureFacts,
  params: Params<"week-over-week">,
  at: Date,
): Finding | null {
  const last = calendar.dayEndingAt(at);
  const [from, before] = [last - 6, last - 13];
  const actual = days.usd(from, last);
  const firstDay = firstSeen(days, last);
  const isKnown = firstDay !== null && firstDay <= before;
  const expected = isKnown ? days.usd(before, from - 1) : null;
  const compared = expected?.isZero() ? null : expected;
  const isFound = compared
    ? actual.gt(compared.times(1 + params.rise / 100)) && actual.minus(compared).gte(params.minUsd)
    : actual.gte(params.floorUsd);
  if (!isFound || actual.isZero()) return null;
  const amount = dollars(actual);
  return {
    rule: "week-over-week",
    subject,
    severity: "warning",
    window: { from: calendar.startOfDay(from), to: at },
    compare: { from: calendar.startOfDay(before), to: calendar.startOfDay(from) },
    unit: "usd",
    expected: compared && usdText(compared),
    actual: usdText(actual),
    ...(compared
      ? excess(actual, compared, 7, calendar.daysLeftInMonth(at))
      : { impactUsd: null, monthEndUsd: null }),
    level: null,
    basis: "final",
    sentence: compared
      ? `${featureName(subject.key)} cost ${amount} in the last seven days, ${percent(actual.div(compared).minus(1).toNumber())} more than in the seven before (${dollars(compared)}).`
      : `${featureName(subject.key)} cost ${amount} in the last seven days and has no week before to be compared with.`,
    params: { ...params },
    callIds: [],
  };
}

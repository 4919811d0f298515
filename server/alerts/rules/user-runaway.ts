import { Usd, usdText } from "@/server/prices/decimal";
import type { Calendar } from "../calendar";
import { dollars, excess, type Finding, statistic, times } from "../finding";
import type { Params } from "../schemas";
import { range, type Series, trailingDays } from "../series";
import { meanOf } from "../statistics";

export interface UserFacts {
  calendar: Calendar;
  subject: { kind: "user"; key: string };
  /** Today, as far as it has come, and the seven days before. */
  days: Series;
}

/**
 * A day, though it may not be over yet, against whole ones. Days without a call are zeros; a user seen on too few of them
 * has no usual, and only the floor counts.
 * @param at an instant in the local day that is judged, or its end
 */
export function userRunaway(
  { calendar, subject, days }: UserFacts,
  params: Params<"user-runaway">,
  at: Date,
): Finding | null {
  const day = calendar.dayEndingAt(at);
  const actual = new Usd(days.at(day).costUsd);
  if (actual.isZero()) return null;
  const before = range(day - trailingDays, day - 1);
  const seen = before.filter((other) => days.at(other).calls > 0).length;
  const mean = seen >= params.minDays ? meanOf(before.map((other) => days.cost(other))) : null;
  const isFound =
    mean === null || mean === 0
      ? actual.gte(params.floorUsd)
      : actual.gt(mean * params.ratio) && actual.minus(mean).gte(params.minUsd);
  if (!isFound) return null;
  const usual = mean === null ? null : new Usd(statistic(mean));
  const start = calendar.startOfDay(day);
  return {
    rule: "user-runaway",
    subject,
    severity: "critical",
    window: { from: start, to: calendar.startOfDay(day + 1) },
    compare: { from: calendar.startOfDay(day - 1), to: start },
    unit: "usd",
    expected: usual && usdText(usual),
    actual: usdText(actual),
    ...excess(actual, usual, 1, calendar.daysLeftInMonth(at)),
    level: null,
    basis: "provisional",
    sentence:
      usual === null || usual.isZero()
        ? `User ${subject.key} cost ${dollars(actual)} in a day, after hardly any before.`
        : `User ${subject.key} cost ${dollars(actual)} in a day, ${times(actual.div(usual).toNumber())} the own mean of ${dollars(usual)}.`,
    params: { ...params },
    callIds: [],
  };
}

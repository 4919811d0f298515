import { Usd, usdText } from "@/server/prices/decimal";
import type { Calendar } from "../calendar";
import { dollars, type Finding, times } from "../finding";
import type { Params } from "../schemas";
import { featureName } from "../series";

export interface OutlierFacts {
  calendar: Calendar;
  subject: { kind: "feature"; key: string };
  /** Of the hour, those that could be outliers, the dearest first. Amounts are USD, decimal strings. */
  dear: readonly { callId: string; costUsd: string }[];
  /** Of the day before the hour: the feature's calls that cost something, and their median (the lower one). */
  calls: number;
  medianUsd: string | null;
}

const mostCalls = 10;

/** @param at the end of the hour that is judged */
export function callOutlier(
  { calendar, subject, dear, calls, medianUsd }: OutlierFacts,
  params: Params<"call-outlier">,
  at: Date,
): Finding | null {
  const median = medianUsd !== null && calls >= params.minCalls ? new Usd(medianUsd) : null;
  const least = median ? Usd.max(median.times(params.ratio), params.minUsd) : new Usd(params.floorUsd);
  const isOut = (costUsd: string) =>
    median
      ? new Usd(costUsd).gt(median.times(params.ratio)) && new Usd(costUsd).gte(params.minUsd)
      : new Usd(costUsd).gte(least);
  const found = dear.filter(({ costUsd }) => isOut(costUsd));
  const [dearest] = found;
  if (!dearest) return null;
  const hour = calendar.hourOf(at) - 1;
  const actual = new Usd(dearest.costUsd);
  const sum = found.reduce((total, { costUsd }) => total.plus(costUsd), new Usd(0));
  const more = found.length === 1 ? "" : ` ${String(found.length)} such calls cost ${dollars(sum)}.`;
  return {
    rule: "call-outlier",
    subject,
    severity: "info",
    window: { from: calendar.startOfHour(hour), to: at },
    compare: null,
    unit: "usd",
    expected: median && usdText(median),
    actual: usdText(actual),
    impactUsd: median ? usdText(sum.minus(median.times(found.length))) : usdText(sum),
    monthEndUsd: null,
    level: null,
    basis: "final",
    sentence: median
      ? `A call of ${featureName(subject.key)} cost ${dollars(actual)}, ${times(actual.div(median).toNumber())} the feature's median of ${dollars(median)}.${more}`
      : `A call of ${featureName(subject.key)} cost ${dollars(actual)}; there are too few others to compare with.${more}`,
    params: { ...params },
    callIds: found.slice(0, mostCalls).map(({ callId }) => callId),
  };
}

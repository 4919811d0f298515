import type { Calendar } from "../calendar";
import { dollars, type Finding, percent, statistic } from "../finding";
import type { Params } from "../schemas";
import type { Series } from "../series";

export interface UnattributedFacts {
  calendar: Calendar;
  /** Days of the calls without a feature, and of all. */
  without: Series;
  all: Series;
}

/**
 * A week, since a quiet day's few calls would jump about.
 * @param at the end of the local day that is judged
 */
export function unattributedShare(
  { calendar, without, all }: UnattributedFacts,
  params: Params<"unattributed-share">,
  at: Date,
): Finding | null {
  const last = calendar.dayEndingAt(at);
  const week = [last - 6, last] as const;
  const calls = all.sum(...week, (point) => point.calls);
  const missing = without.sum(...week, (point) => point.calls);
  const usd = without.usd(...week);
  if (calls < params.minCalls || usd.lt(params.minUsd)) return null;
  const share = missing / calls;
  if (!(share > params.share / 100)) return null;
  return {
    rule: "unattributed-share",
    subject: { kind: "tenant", key: "" },
    severity: "info",
    window: { from: calendar.startOfDay(week[0]), to: at },
    compare: null,
    unit: "share",
    expected: statistic(params.share / 100),
    actual: statistic(share),
    impactUsd: null,
    monthEndUsd: null,
    level: null,
    basis: "final",
    sentence: `${percent(share)} of the calls of the last seven days (${String(missing)} of ${String(calls)}, ${dollars(usd)}) belong to no feature.`,
    params: { ...params },
    callIds: [],
  };
}

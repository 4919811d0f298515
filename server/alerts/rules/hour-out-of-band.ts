import { Usd, usdText } from "@/server/prices/decimal";
import { dollars, excess, type Finding, statistic } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, featureName } from "../series";
import { upperEdge } from "../statistics";
import { bandsOf, weekBefore } from "./hour-band";

/** A deviation counts for at least this share of the mean: three of them are then 175 % of it. */
const leastDeviation = 0.25;

/** @param at the end of the hour that is judged */
export function hourOutOfBand(
  facts: FeatureFacts,
  params: Params<"hour-out-of-band">,
  at: Date,
): Finding | null {
  const { calendar, subject, hours } = facts;
  const hour = calendar.hourOf(at) - 1;
  const actual = hours.usd(hour, hour);
  // Before any statistics: most hours are too small to matter.
  if (actual.isZero() || actual.lt(Math.min(params.minUsd, params.floorUsd))) return null;
  const bands = bandsOf(facts, hour, params.minDays);
  const edge =
    bands &&
    Math.max(
      upperEdge(bands.trailing, params.sigmas, leastDeviation),
      upperEdge(bands.like, params.sigmas, leastDeviation),
    );
  const mean = bands && Math.max(bands.trailing.mean, bands.like.mean);
  const isFound =
    edge === null || mean === null
      ? actual.gte(params.floorUsd)
      : actual.gt(edge) && actual.minus(mean).gte(params.minUsd);
  if (!isFound) return null;
  const usual = mean === null ? null : new Usd(statistic(mean));
  return {
    rule: "hour-out-of-band",
    subject,
    severity: "warning",
    window: { from: calendar.startOfHour(hour), to: at },
    compare: weekBefore(facts, hour),
    unit: "usd",
    expected: usual && usdText(usual),
    actual: usdText(actual),
    ...excess(actual, usual, 1 / 24, calendar.daysLeftInMonth(at)),
    level: null,
    basis: "final",
    sentence:
      usual === null || edge === null
        ? `${featureName(subject.key)} cost ${dollars(actual)} within an hour and is too young to be compared with.`
        : `${featureName(subject.key)} cost ${dollars(actual)} within an hour; such hours usually cost ${dollars(usual)}, and at most ${dollars(statistic(edge))}.`,
    params: { ...params },
    callIds: [],
  };
}

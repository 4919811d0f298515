import { Usd, usdText } from "@/server/prices/decimal";
import { dollars, excess, type Finding, statistic, times } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, featureName } from "../series";
import { bandsOf, weekBefore } from "./hour-band";

/**
 * An hour, though it may not be over yet, against whole ones: what it has cost it will not lose again.
 * @param at an instant in the hour that is judged, or its end
 */
export function spike(facts: FeatureFacts, params: Params<"spike">, at: Date): Finding | null {
  const { calendar, subject, hours } = facts;
  const hour = calendar.hourOf(new Date(at.getTime() - 1));
  const actual = hours.usd(hour, hour);
  if (actual.isZero() || actual.lt(Math.min(params.minUsd, params.floorUsd))) return null;
  const bands = bandsOf(facts, hour, params.minDays);
  const mean = bands && Math.max(bands.trailing.mean, bands.like.mean);
  const isFound =
    mean === null
      ? actual.gte(params.floorUsd)
      : actual.gt(params.ratio * mean) && actual.minus(mean).gte(params.minUsd);
  if (!isFound) return null;
  const usual = mean === null ? null : new Usd(statistic(mean));
  return {
    rule: "spike",
    subject,
    severity: "critical",
    window: { from: calendar.startOfHour(hour), to: calendar.startOfHour(hour + 1) },
    compare: weekBefore(facts, hour),
    unit: "usd",
    expected: usual && usdText(usual),
    actual: usdText(actual),
    ...excess(actual, usual, 1 / 24, calendar.daysLeftInMonth(at)),
    level: null,
    basis: "provisional",
    sentence:
      usual === null
        ? `${featureName(subject.key)} has cost ${dollars(actual)} this hour and is too young to be compared with.`
        : usual.isZero()
          ? `${featureName(subject.key)} has cost ${dollars(actual)} this hour; such hours usually cost nothing.`
          : `${featureName(subject.key)} has cost ${dollars(actual)} this hour, ${times(actual.div(usual).toNumber())} what such hours cost (${dollars(usual)}).`,
    params: { ...params },
    callIds: [],
  };
}

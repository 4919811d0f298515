import { Usd } from "@/server/prices/decimal";
import { dollars, excess, type Finding, statistic, times } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, type Point, range, featureName } from "../series";
import { meanOf, spreadOf, upperEdge } from "../statistics";

const leastDeviation = 0.15;
const daysOfBand = 14;

interface PerCall {
  ms: number;
  usd: number;
}

function perCall(point: Point, least: number): PerCall | null {
  const priced = point.calls - point.unpricedCalls;
  if (priced < least || point.latencyCalls === 0) return null;
  return { ms: point.latencyMs / point.latencyCalls, usd: Number(point.costUsd) / priced };
}

/**
 * Latency × cost of a call. Both rise with what is sent and answered; if latency rises alone, calls wait somewhere.
 * @param at the end of the local day that is judged
 */
export function latencyCost(
  { calendar, subject, days }: FeatureFacts,
  params: Params<"latency-cost">,
  at: Date,
): Finding | null {
  const day = calendar.dayEndingAt(at);
  const { costUsd } = days.at(day);
  const today = perCall(days.at(day), params.minCalls);
  if (!today || Number(costUsd) < params.minUsd) return null;
  const before = range(day - daysOfBand, day - 1).flatMap(
    (other) => perCall(days.at(other), params.minCalls) ?? [],
  );
  if (before.length < params.minDays) return null;
  const product = ({ ms, usd }: PerCall) => ms * usd;
  const spread = spreadOf(before.map(product));
  const actual = product(today);
  if (spread.mean === 0 || actual <= upperEdge(spread, params.sigmas, leastDeviation)) return null;
  if (actual < (spread.mean * params.minRise) / 100) return null;
  const usual = { ms: meanOf(before.map(({ ms }) => ms)), usd: meanOf(before.map(({ usd }) => usd)) };
  const [slower, dearer] = [today.ms / usual.ms, today.usd / usual.usd];
  const cost = new Usd(costUsd);
  const calls = days.at(day).calls - days.at(day).unpricedCalls;
  const says =
    dearer >= slower
      ? `payloads have grown: a call costs ${times(dearer)} (${dollars(statistic(today.usd))})`
      : `calls wait: they take ${times(slower)} as long (${statistic(Math.round(today.ms))} ms)`;
  return {
    rule: "latency-cost",
    subject,
    severity: "info",
    window: { from: calendar.startOfDay(day), to: at },
    compare: { from: calendar.startOfDay(day - 7), to: calendar.startOfDay(day) },
    unit: "usd_ms",
    expected: statistic(spread.mean),
    actual: statistic(actual),
    ...excess(cost, new Usd(statistic(usual.usd)).times(calls), 1, calendar.daysLeftInMonth(at)),
    level: null,
    basis: "final",
    sentence: `Latency × cost of a call of ${featureName(subject.key)} rose to ${times(actual / spread.mean)} its usual; ${says}.`,
    params: { ...params },
    callIds: [],
  };
}

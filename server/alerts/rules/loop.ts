import { Usd, usdText } from "@/server/prices/decimal";
import { dollars, excess, type Finding, statistic } from "../finding";
import type { Params } from "../schemas";
import { type FeatureFacts, featureName, range } from "../series";
import { bandsOf, weekBefore } from "./hour-band";

/** Minutes that are looked at together, the running one included. */
export const loopMinutes = 5;

/** One person's calls of one prompt. */
export interface PromptCalls {
  /** As a sentence says it; never who it is, for sentences outlive people's names. */
  prompt: string;
  /** By minute counted from 1970; USD as decimal strings. */
  minutes: ReadonlyMap<number, { calls: number; usd: string }>;
}

/** What the gate turned away, by minute counted from 1970. */
export interface RefusedMinute {
  minute: number;
  reason: "loop" | "usd-per-minute";
  refused: number;
  /** Calls of one prompt, or USD, within a minute. */
  peak: string;
}

export interface LoopFacts {
  feature: FeatureFacts;
  prompts: readonly PromptCalls[];
  refusals: readonly RefusedMinute[];
}

export const minutesAt = (at: Date): number[] => {
  const last = Math.floor((at.getTime() - 1) / 60_000);
  return range(last - loopMinutes + 1, last);
};

export function sumOf({ minutes }: PromptCalls, at: Date): { calls: number; usd: Usd } {
  let [calls, usd] = [0, new Usd(0)];
  for (const minute of minutesAt(at)) {
    const found = minutes.get(minute);
    calls += found?.calls ?? 0;
    usd = usd.plus(found?.usd ?? 0);
  }
  return { calls, usd };
}

/**
 * The same prompt for the same person again and again, and dearer than the feature usually is in that time; or what the gate
 * turned away for that. Many calls alone are no loop: a batch makes them each night.
 * @param at an instant; the minutes before it are judged
 */
export function loop(facts: LoopFacts, params: Params<"loop">, at: Date): Finding | null {
  return circling(facts, params, at) ?? turnedAway(facts, params, at);
}

function common({ feature }: LoopFacts, params: Params<"loop">, at: Date) {
  const { calendar, subject } = feature;
  const hour = calendar.hourOf(new Date(at.getTime() - 1));
  return {
    rule: "loop" as const,
    subject,
    severity: "critical" as const,
    window: { from: calendar.startOfHour(hour), to: calendar.startOfHour(hour + 1) },
    compare: weekBefore(feature, hour),
    level: null,
    basis: "provisional" as const,
    params: { ...params },
    callIds: [],
  };
}

function circling(facts: LoopFacts, params: Params<"loop">, at: Date): Finding | null {
  const { feature, prompts } = facts;
  const dearest = prompts
    .map((one) => ({ ...one, ...sumOf(one, at) }))
    .filter(({ calls }) => calls >= params.minCalls)
    .sort((one, other) => other.usd.comparedTo(one.usd))[0];
  if (!dearest) return null;
  const { prompt, calls, usd } = dearest;
  const hour = feature.calendar.hourOf(new Date(at.getTime() - 1));
  const bands = bandsOf(feature, hour, params.minDays);
  const usual = bands && (Math.max(bands.trailing.mean, bands.like.mean) * loopMinutes) / 60;
  const isFound =
    usual === null
      ? usd.gte(params.floorUsd)
      : usd.gt(usual * params.ratio) && usd.minus(usual).gte(params.minUsd);
  if (!isFound) return null;
  const expected = usual === null ? null : new Usd(statistic(usual));
  const within = `${String(calls)} times within ${String(loopMinutes)} minutes, for ${dollars(usd)}`;
  return {
    ...common(facts, params, at),
    unit: "usd",
    expected: expected && usdText(expected),
    actual: usdText(usd),
    ...excess(usd, expected, 1, 0),
    monthEndUsd: null,
    contributors: [{ label: prompt, deltaUsd: usdText(usd) }],
    sentence: `${featureName(feature.subject.key)}: one user's calls repeat ${prompt} ${within}${expected === null ? "" : `; the feature usually costs ${dollars(expected)} in that time`}.`,
  };
}

function turnedAway(facts: LoopFacts, params: Params<"loop">, at: Date): Finding | null {
  const minutes = minutesAt(at);
  const found = facts.refusals.filter(({ minute }) => minutes.includes(minute));
  const refused = found.reduce((sum, one) => sum + one.refused, 0);
  if (refused < params.minRefused) return null;
  const worst = found.reduce((one, other) => (Number(other.peak) > Number(one.peak) ? other : one));
  const what =
    worst.reason === "loop"
      ? `the same prompt ${worst.peak} times a minute`
      : `one user's would have cost ${dollars(worst.peak)} a minute`;
  return {
    ...common(facts, params, at),
    unit: "calls",
    expected: "0",
    actual: String(refused),
    impactUsd: null,
    monthEndUsd: null,
    contributors: [],
    sentence: `The gate turned ${String(refused)} ${refused === 1 ? "call" : "calls"} of ${featureName(facts.feature.subject.key)} away within ${String(loopMinutes)} minutes: ${what}.`,
  };
}

import { limits } from "./constants";

/** A feature to be ranked. */
export interface Ranked {
  feature: string;
  /** Uses in the month. */
  uses: number;
  /** Uses in each month that is remembered, and what it cost in the reviewed one. */
  usesBefore: readonly number[];
  hasCost: boolean;
}

export interface Place {
  feature: string;
  /** From 1, the least used first; features with as many uses share the lowest. */
  place: number;
  isBottom: boolean;
}

const byName = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** What counts: whatever was used or paid for in the month or was used not long before. */
const counts = ({ uses, usesBefore, hasCost }: Ranked) =>
  uses > 0 || hasCost || usesBefore.some((before) => before > 0);

/** Up to how many uses a feature is among the least used; null: none is for that. */
function bottomUntil(uses: readonly number[]): number | null {
  if (uses.length < limits.fewestRanked) return null;
  const last = uses[Math.floor(uses.length / limits.quarter) - 1] ?? 0;
  const isFew = uses.filter((one) => one <= last).length <= uses.length * limits.mostInBottom;
  // All that tie with the last one are in, or none of them.
  return isFew ? last : last - 1;
}

/**
 * The least used quarter of the features: the lowest floor(n ÷ 4) by uses, with all that tie with the last of them, unless
 * those would make it more than a half: then without any of the tied. Of fewer than four features none is for its rank. What
 * was not used at all is among them always.
 */
export function rankFeatures(features: readonly Ranked[]): Place[] {
  const ranked = features
    .filter(counts)
    .toSorted((one, other) => one.uses - other.uses || byName(one.feature, other.feature));
  const uses = ranked.map((one) => one.uses);
  const until = bottomUntil(uses);
  return ranked.map((one) => ({
    feature: one.feature,
    place: uses.indexOf(one.uses) + 1,
    isBottom: one.uses === 0 || (until !== null && one.uses <= until),
  }));
}

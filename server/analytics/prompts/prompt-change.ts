import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { Usd, usdText } from "@/server/prices/decimal";
import { comparedDays, fewestCompared } from "../prompt-schemas";
import { shareOf } from "../share-of";

interface Sums {
  calls: number;
  unpricedCalls: number;
  costUsd: string;
}

/** What the roll-ups know of a version's beginning. */
export interface VersionFacts {
  /** The first local day with calls of it. */
  firstDay: LocalDay;
  /** The first on which it was half of the prompt's calls or more; null: it never was. */
  halfDay: LocalDay | null;
  /** The version with the most calls in the 7 days before, and those calls; null: the prompt had none. */
  previous: (Sums & { version: string | null }) | null;
  /** Its own calls of its first 7 days that are over. */
  after: Sums;
  /** Its own calls ever, and in the stretch that is looked at. */
  ever: Sums;
  inRange: Sums;
}

export interface ChangeSide {
  /** Local days; `to` is exclusive. */
  from: LocalDay;
  to: LocalDay;
  calls: number;
  pricedCalls: number;
  /** USD, decimal string. */
  costUsd: string;
  /** Of the priced calls; null without any. */
  costPerCallUsd: string | null;
}

export interface PromptChange {
  changedOn: LocalDay;
  /** The first day on which the new version was half of the prompt's calls or more; null: not yet. */
  halfOn: LocalDay | null;
  /** Null: calls without a version. */
  previousVersion: string | null;
  /** The version before, on the 7 local days before the change. */
  before: ChangeSide;
  /** The new version alone, on its first 7 local days; fewer when they are not over yet. */
  after: ChangeSide;
  /** After less before, USD a call; null when either side has fewer than 20 priced calls. */
  perCallUsd: string | null;
  /** Part of the cost per call before: "0.4" is 40 % more. Null as above, and when it cost nothing. */
  change: string | null;
  /** Priced calls of the new version since. */
  callsSince: number;
  /** What these calls cost more than they would have, USD: `perCallUsd` × `callsSince`. */
  extraUsd: string | null;
  /** The same of its calls in the stretch that is looked at. */
  extraInRangeUsd: string | null;
}

const priced = ({ calls, unpricedCalls }: Sums) => calls - unpricedCalls;

function sideOf(sums: Sums, from: LocalDay, to: LocalDay): ChangeSide {
  const pricedCalls = priced(sums);
  const { calls, costUsd } = sums;
  const costPerCallUsd = pricedCalls === 0 ? null : usdText(new Usd(costUsd).div(pricedCalls));
  return { from, to, calls, pricedCalls, costUsd, costPerCallUsd };
}

/**
 * What a new version changed; null for a prompt's first one.
 * @param today the local day that is not over yet
 */
export function changeOf(facts: VersionFacts, today: LocalDay): PromptChange | null {
  const { firstDay, halfDay, previous, ever, inRange } = facts;
  if (!previous) return null;
  const end = addDays(firstDay, comparedDays);
  const before = sideOf(previous, addDays(firstDay, -comparedDays), firstDay);
  const after = sideOf(facts.after, firstDay, end < today ? end : today < firstDay ? firstDay : today);
  const isEnough = before.pricedCalls >= fewestCompared && after.pricedCalls >= fewestCompared;
  // Of the sums, so that nothing is rounded twice.
  const difference = isEnough
    ? new Usd(after.costUsd).div(after.pricedCalls).minus(new Usd(before.costUsd).div(before.pricedCalls))
    : null;
  const extra = (sums: Sums) => difference && usdText(difference.times(priced(sums)));
  return {
    changedOn: firstDay,
    halfOn: halfDay,
    previousVersion: previous.version,
    before,
    after,
    perCallUsd: difference && usdText(difference),
    change: difference && shareOf(usdText(difference), before.costPerCallUsd ?? "0"),
    callsSince: priced(ever),
    extraUsd: extra(ever),
    extraInRangeUsd: extra(inRange),
  };
}

import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";
import { Usd, usdText } from "@/server/prices/decimal";
import type { Baseline, DecisionState, Expected, Saving, Suggestion, Verdict } from "./schemas";

/** Days without a call that show that a feature is gone. */
export const quietDays = 7;

export interface Actual {
  costUsd: string;
  unpricedCalls: number;
}

function verdictOf(baseline: Expected | null, actualUsd: string): Verdict {
  if (!baseline) return "unknown";
  const actual = new Usd(actualUsd);
  if (actual.isZero() && new Usd(baseline.expectedUsd).isZero()) return "nothing_to_save";
  if (actual.lt(baseline.lowUsd)) return "saved";
  return actual.gt(baseline.expectedUsd) ? "none" : "not_yet_visible";
}

/** What a stretch cost against what was to be expected of it. */
export function savingOf(stretch: Baseline["stretches"][number], actual: Actual): Saving {
  const { first, last, expected } = stretch;
  return {
    first,
    last,
    baseline: expected,
    actualUsd: actual.costUsd,
    unpricedCalls: actual.unpricedCalls,
    savedUsd: expected && usdText(new Usd(expected.expectedUsd).minus(actual.costUsd)),
    verdict: verdictOf(expected, actual.costUsd),
  };
}

/**
 * The stretches that a review of a month has to measure: those that are over by its end and that no earlier review measured,
 * so that one that was never made leaves no month out.
 */
export function stretchesDue(
  { stretches }: Pick<Baseline, "stretches">,
  monthEnd: LocalDay,
  measured: ReadonlySet<LocalDay>,
): Baseline["stretches"] {
  return stretches.filter(({ first, last }) => last <= monthEnd && !measured.has(firstOfMonth(first)));
}

export interface Seen {
  decision: Suggestion;
  dueOn: LocalDay | null;
  today: LocalDay;
  /** Calls of the feature in the whole days after the due date, of the last seven at most. */
  calls: number;
}

/**
 * What became of a decision. That a feature is gone is seen, not claimed: it has had no call in the last seven whole days,
 * all after its due date. A limit has no such end: what it does is measured.
 */
export function stateOf({ decision, dueOn, today, calls }: Seen): DecisionState {
  if (decision === "keep" || dueOn === null) return "kept";
  if (today <= dueOn) return "open";
  if (decision === "throttle") return "measured";
  if (calls > 0) return "overdue";
  return addDays(dueOn, quietDays) < today ? "done" : "waiting";
}

/** What savings come to: all that was measured, and the part that is beyond the scatter of the forecast. */
export function sumSavings(savings: readonly Saving[]): { measuredUsd: string; visibleUsd: string } {
  const sum = (of: readonly Saving[]) =>
    usdText(of.reduce((total, { savedUsd }) => total.plus(savedUsd ?? 0), new Usd(0)));
  return { measuredUsd: sum(savings), visibleUsd: sum(savings.filter(({ verdict }) => verdict === "saved")) };
}

import { shareOf } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";

type Run = Outputs["reports"]["run"];
export type RunCall = Run["calls"][number];

export interface RunStep extends RunCall {
  /** Counted from 1. */
  nth: number;
  /** Milliseconds after the run's first call. */
  afterMs: number;
  /** Where its bar begins and how long it is: fractions of the time that the run took. */
  start: number;
  width: number;
  /** Fraction of the run's cost with this call; null where the run cost nothing. */
  reached: number | null;
}

/** The calls of a run, each with its place in the time that the run took. Calls that did not tell their latency have no width. */
export function stepsOf(
  calls: readonly RunCall[],
  { firstAt, durationMs, costUsd }: { firstAt: string; durationMs: number; costUsd: string },
): RunStep[] {
  const part = (ms: number) => (durationMs > 0 ? Math.min(1, Math.max(0, ms / durationMs)) : 0);
  return calls.map((call, at) => {
    const afterMs = Date.parse(call.occurredAt) - Date.parse(firstAt);
    const start = part(afterMs);
    return {
      ...call,
      nth: at + 1,
      afterMs,
      start,
      width: Math.min(1 - start, part(call.latencyMs ?? 0)),
      reached: shareOf(call.cumulativeUsd, costUsd),
    };
  });
}

/** What most of a run's cost went into: the dearest model, where it is at least half. */
export function dearestModel(models: Run["models"], costUsd: string) {
  const [first] = models;
  const share = first ? shareOf(first.costUsd, costUsd) : null;
  return first && models.length > 1 && share !== null && share >= 0.5 ? { ...first, share } : null;
}

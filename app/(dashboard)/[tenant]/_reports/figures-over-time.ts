import type { SpendFigures } from "@/server/analytics/schemas";
import type { Scope } from "../_scope/scope";
import { trendQuestion } from "./order";

const none: SpendFigures = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  costUsd: "0",
  unpricedCalls: 0,
  unpricedTokens: 0,
  partialCalls: 0,
  estimatedCalls: 0,
  reportedCalls: 0,
  errorCalls: 0,
  retryCalls: 0,
  retryCostUsd: "0",
  latencyMs: 0,
  latencyCalls: 0,
};

/** What is asked for every figure over time: which buckets there are, their figures, and those compared with. */
export function overTimeQuestions(scope: Scope) {
  const { report, granularity } = scope;
  const { compare } = scope.compared;
  const spend = { ...report, granularity, limit: 10_000 } as const;
  return {
    trend: trendQuestion(scope, undefined),
    spend,
    /** Null: nothing is compared. */
    before: compare ? { ...spend, ...compare } : null,
  };
}

interface Line {
  buckets: readonly string[];
  /** Null is a gap. */
  points: readonly (object | null)[];
}

/**
 * Every figure of each bucket of a trend. reports.trend tells which buckets there are and which nobody can know about,
 * reports.spend what was in those that have calls.
 */
export function figuresOverTime(
  { buckets, points }: Line,
  rows: readonly (SpendFigures & { bucket: string | null })[],
): (SpendFigures | null)[] {
  const found = new Map(rows.map((row) => [row.bucket, row]));
  return buckets.map((bucket, at) => {
    const row = found.get(bucket);
    // A row may hold nothing but corrections, which say nothing about whether there were calls.
    const isKnown = (row?.calls ?? 0) > 0 || (points[at] ?? null) !== null;
    return isKnown ? (row ?? none) : null;
  });
}

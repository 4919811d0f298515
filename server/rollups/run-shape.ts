import { bucketColumns } from "@/server/calls/ledger-columns";
import { inputTokenBuckets, outputTokenBuckets } from "@/server/prices/buckets";
import { isWholeCall, measures } from "./shape";

/** What tells rows of a day apart; '' is a call without the tag. Nearly every run has one value of each. */
export const runDimensions = ["run_id", "feature", "team", "user_id", "account_id", "environment"] as const;
export type RunDimension = (typeof runDimensions)[number];

export const inputColumns = inputTokenBuckets.map((bucket) => bucketColumns[bucket]);
export const outputColumns = outputTokenBuckets.map((bucket) => bucketColumns[bucket]);
const sumOf = (columns: readonly string[]) => `coalesce(sum(${columns.join(" + ")}), 0)::bigint`;

/** Every measure of a run's day and how it is made from ledger rows. */
export const runSums = {
  calls: measures.calls,
  tool_calls: `count(*) FILTER (WHERE kind = 'tool' AND ${isWholeCall})`,
  input_tokens: sumOf(inputColumns),
  output_tokens: sumOf(outputColumns),
  cost_usd: measures.cost_usd,
  unpriced_calls: measures.unpriced_calls,
  unpriced_tokens: measures.unpriced_tokens,
  partial_calls: measures.partial_calls,
  error_calls: measures.error_calls,
  retry_calls: measures.retry_calls,
  retry_cost_usd: measures.retry_cost_usd,
} as const;
export type RunSum = keyof typeof runSums;
export const runSumNames = Object.keys(runSums) as RunSum[];

/** A call begins when it occurred; it ends when its batch's result was known, or its latency later. */
export const runBounds = {
  first_at: "min(occurred_at)",
  last_at:
    "max(greatest(occurred_at, coalesce(completed_at, occurred_at + latency_ms * interval '1 millisecond')))",
} as const;

/** Ledger rows (of calls with a run) as rows of a run's day. */
export const runDimensionsOfCalls = runDimensions
  .map((name) => `coalesce(${name}, '') AS ${name}`)
  .join(", ");
export const runMeasuresOfCalls = Object.entries({ ...runSums, ...runBounds })
  .map(([name, sql]) => `${sql} AS ${name}`)
  .join(", ");

import { buckets, tokenBuckets, type Bucket } from "@/server/prices/buckets";
import { bucketColumns } from "@/server/calls/ledger-columns";

/** Tags with one value a call, hence additive; '' in a roll-up is a call without the tag. */
export const workDimensions = [
  "kind",
  "provider",
  "model",
  "feature",
  "team",
  "environment",
  "prompt_id",
  "prompt_version",
  "error_class",
] as const;
export const userDimensions = [
  "user_id",
  "account_id",
  "provider",
  "model",
  "feature",
  "team",
  "environment",
] as const;
export type WorkDimension = (typeof workDimensions)[number];
export type UserDimension = (typeof userDimensions)[number];

/**
 * Tags that each have roll-ups of their own besides, so that a question about one of them reads no row for another's
 * values; `all` is everything in one row. Those of users are made from days by user, the others from slots and days.
 */
export const everything = "all";
export const projectedUsers = ["user_id", "account_id"] as const satisfies readonly UserDimension[];

/** Who did what: of these together there are blocks and months, which other tags would make as many rows as the days. */
export const peopleOfFeatures = [
  "feature",
  "user_id",
  "account_id",
] as const satisfies readonly UserDimension[];

/** Grows when a roll-up table comes or changes its meaning: days built with another number are built anew. */
export const rollUpShape = 5;

const tokenSum = tokenBuckets.map((bucket) => bucketColumns[bucket]).join(" + ");
const bucketMeasures = Object.fromEntries(
  buckets.map((bucket) => [bucketColumns[bucket], `sum(${bucketColumns[bucket]})::bigint`]),
) as Record<(typeof bucketColumns)[Bucket], string>;

/** A call that served several has a row for each, and is one call all the same: that of its first share. */
export const isWholeCall = "(share_no IS NULL OR share_no = 1)";
const countOf = (condition?: string) =>
  `count(*) FILTER (WHERE ${condition === undefined ? "" : `${condition} AND `}${isWholeCall})`;

/**
 * Every measure of a roll-up and how it is made from ledger rows. All are sums, so a day is the sum of its slots.
 * Unpriced calls are in no cost; they are counted beside it.
 */
export const measures = {
  calls: countOf(),
  ...bucketMeasures,
  cost_usd: "coalesce(sum(cost_usd), 0)",
  unpriced_calls: countOf("price_status = 'unpriced'"),
  unpriced_tokens: `coalesce(sum(${tokenSum}) FILTER (WHERE price_status = 'unpriced'), 0)::bigint`,
  partial_calls: countOf("price_status = 'partial'"),
  estimated_calls: countOf("price_status = 'estimated'"),
  reported_calls: countOf("price_status = 'reported'"),
  error_calls: countOf("error_class IS NOT NULL"),
  retry_calls: countOf("attempt > 1"),
  retry_cost_usd: "coalesce(sum(cost_usd) FILTER (WHERE attempt > 1), 0)",
  latency_ms: "coalesce(sum(latency_ms), 0)::bigint",
  latency_calls: "count(latency_ms)",
} as const;
export type Measure = keyof typeof measures;
export const measureNames = Object.keys(measures) as Measure[];

/** Quarter hours, counted from a UTC midnight. */
export const slotOf = (instant: string) =>
  `date_bin('15 minutes', ${instant}, TIMESTAMPTZ '2000-01-01 00:00:00+00')`;

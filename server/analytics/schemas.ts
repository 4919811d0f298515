import { z } from "zod";
import { Condition, Instant } from "@/server/calls/schemas";

/** Single-valued tags: their groups add up to the total. */
export const groupings = [
  "feature",
  "user",
  "account",
  "model",
  "provider",
  "prompt",
  "promptVersion",
  "team",
  "environment",
  "kind",
  "error",
] as const;
export type Grouping = (typeof groupings)[number];
export const granularities = ["total", "hour", "day", "month"] as const;
export type Granularity = (typeof granularities)[number];

const Day = z.iso.date("must be a day, such as 2026-03-01");
/** What to keep, by tag. */
export const SpendFilter = z.strictObject({
  feature: Condition.optional(),
  user: Condition.optional(),
  account: Condition.optional(),
  model: Condition.optional(),
  provider: Condition.optional(),
  prompt: Condition.optional(),
  promptVersion: Condition.optional(),
  team: Condition.optional(),
  environment: Condition.optional(),
  kind: Condition.optional(),
  error: Condition.optional(),
});
export type SpendFilter = z.infer<typeof SpendFilter>;

/** A day of the tenant's zone (its first instant), or an instant on a quarter hour. */
export const Moment = z.union([Day, Instant]);
/** A stretch of time; `to` is exclusive. */
export const Stretch = z.strictObject({ from: Moment, to: Moment });
export type Stretch = z.infer<typeof Stretch>;

/** What every report can be asked about. */
export const ReportScope = Stretch.extend({ filter: SpendFilter.default({}) });
export type ReportScope = z.infer<typeof ReportScope>;

export const SpendInput = z.strictObject({
  ...ReportScope.shape,
  groupBy: z.enum(groupings).optional(),
  granularity: z.enum(granularities).default("total"),
  limit: z.int().min(1).max(10_000).default(1_000),
  /** Answers what was known at that instant, whatever came or was changed since. */
  asKnownAt: Instant.optional(),
});
export type SpendInput = z.infer<typeof SpendInput>;

const count = z.coerce.number().int().nonnegative();
/** Decimal string, USD: as exact as the ledger. */
const usd = z.string();

export const SpendFigures = z.object({
  calls: count,
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  costUsd: usd,
  unpricedCalls: count,
  unpricedTokens: count,
  partialCalls: count,
  estimatedCalls: count,
  reportedCalls: count,
  errorCalls: count,
  retryCalls: count,
  retryCostUsd: usd,
  reasoningTokens: count,
  cacheWriteTokens: count,
  /** Sum over the calls that told theirs, and how many did. */
  latencyMs: count,
  latencyCalls: count,
});
export type SpendFigures = z.infer<typeof SpendFigures>;

/** Corrections of calls of closed months that were booked in the range. They are not in `costUsd`, which is of its calls. */
export const SpendCorrections = z.object({ usd, calls: count });
export type SpendCorrections = z.infer<typeof SpendCorrections>;

export const SpendTotal = SpendFigures.extend({
  /** Null: nothing was corrected. */
  corrections: SpendCorrections.nullable(),
});
export type SpendTotal = z.infer<typeof SpendTotal>;

export const SpendRow = SpendTotal.extend({
  /** The group's tag, null for calls without it (and when nothing is grouped). */
  key: z.string().nullable(),
  /** Instant of the hour, YYYY-MM-DD or YYYY-MM in the tenant's zone; null for granularity total. */
  bucket: z.string().nullable(),
});
export type SpendRow = z.infer<typeof SpendRow>;

export const breakdownOrders = [
  "cost",
  "change",
  "calls",
  "tokens",
  "unpriced",
  "retries",
  "errors",
  "latency",
  "costPerCall",
  "key",
] as const;

export const BreakdownInput = ReportScope.extend({
  groupBy: z.enum(groupings),
  /** What to compare with, group by group. */
  compare: Stretch.optional(),
  /** The largest first (`key`: by its letters). `change` is the difference in cost to the stretch compared with. */
  order: z.enum(breakdownOrders).default("cost"),
  /** Where the next page begins: how many groups to leave out. */
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(10_000).default(50),
});
export type BreakdownInput = z.infer<typeof BreakdownInput>;

/** A decimal string from "0" to "1"; null where there is no whole to be part of. */
const share = z.string().nullable();

export const BreakdownRow = z.object({
  /** Null: calls without the tag. */
  key: z.string().nullable(),
  current: SpendFigures,
  /** Null when nothing is compared; figures of 0 when the group was not there. */
  previous: SpendFigures.nullable(),
  /** Cost now less cost before, USD. Null when nothing is compared. */
  changeUsd: usd.nullable(),
  /** Of the total's priced cost, its calls. */
  costShare: share,
  callShare: share,
  /** This group's share and those of all before it, in this order. */
  cumulativeShare: share,
});
export type BreakdownRow = z.infer<typeof BreakdownRow>;

export const TrendInput = ReportScope.extend({
  groupBy: z.enum(groupings).optional(),
  granularity: z.enum(["hour", "day", "month"]),
  /** So many groups, the dearest of the whole stretch, are told apart; the others are one. */
  top: z.int().min(1).max(20).default(8),
  compare: Stretch.optional(),
});
export type TrendInput = z.infer<typeof TrendInput>;

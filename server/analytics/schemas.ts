import { z } from "zod";
import { Instant, storableText } from "@/server/calls/schemas";

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
const values = z
  .array(z.union([storableText(256), z.null()]))
  .min(1)
  .max(100);

/** Values to keep, by tag; null stands for calls without the tag. */
export const SpendFilter = z.strictObject({
  feature: values.optional(),
  user: values.optional(),
  account: values.optional(),
  model: values.optional(),
  provider: values.optional(),
  prompt: values.optional(),
  promptVersion: values.optional(),
  team: values.optional(),
  environment: values.optional(),
  kind: values.optional(),
  error: values.optional(),
});
export type SpendFilter = z.infer<typeof SpendFilter>;

export const SpendInput = z.strictObject({
  /** A day of the tenant's zone (its first instant), or an instant on a quarter hour. */
  from: z.union([Day, Instant]),
  /** Exclusive. */
  to: z.union([Day, Instant]),
  groupBy: z.enum(groupings).optional(),
  granularity: z.enum(granularities).default("total"),
  filter: SpendFilter.default({}),
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

import { z } from "zod";
import { ReportScope, Stretch } from "../schemas";

export const cacheGroupings = [
  "feature",
  "model",
  "provider",
  "prompt",
  "promptVersion",
  "team",
  "environment",
] as const;
export const cacheOrders = ["saving", "inputTokens", "cost", "hitRate", "key"] as const;

export const CacheInput = ReportScope.extend({
  groupBy: z.enum(cacheGroupings).default("feature"),
  /** What to compare with, group by group. */
  compare: Stretch.optional(),
  /** The largest first (`key`: by its letters). */
  order: z.enum(cacheOrders).default("saving"),
  /** Where the next page begins: how many groups to leave out. */
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(10_000).default(50),
});
export type CacheInput = z.infer<typeof CacheInput>;

/** Amounts are USD, decimal strings. */
export interface CacheFigures {
  calls: number;
  /** However they were cached: fresh, read, written, audio. */
  inputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** Input tokens read from the cache of all input tokens, "0" to "1"; null without input. */
  hitRate: string | null;
  costUsd: string;
  unpricedCalls: number;
  /** What the tokens read would have cost more as fresh input. Null: nobody knows a rate of any cached token. */
  savedByReadingUsd: string | null;
  /** What the tokens written cost more than fresh input. */
  paidForWritingUsd: string | null;
  /** Saved less paid; below 0 where writing did not pay. */
  netSavingUsd: string | null;
  /** Cost and net saving: what these calls would have cost without a cache. */
  costWithoutCacheUsd: string | null;
  /** Tokens read or written that are in no amount above: nobody knows their rates, or they change by the hour of the day. */
  unratedTokens: number;
}

export interface CacheRow {
  /** Null: calls without the tag. */
  key: string | null;
  current: CacheFigures;
  /** Null when nothing is compared. */
  previous: CacheFigures | null;
}

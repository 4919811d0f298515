import { z } from "zod";
import { storableText } from "@/server/calls/schemas";
import { ReportScope, Stretch } from "./schemas";

export const runOrders = ["cost", "calls", "duration", "newest"] as const;
export type RunOrder = (typeof runOrders)[number];

/** Tags that runs can be filtered by. A filter counts the calls that it lets through, not whole runs. */
export const runFilters = ["feature", "team", "user", "account", "environment"] as const;
export type RunFilter = (typeof runFilters)[number];

export const RunsInput = ReportScope.extend({
  compare: Stretch.optional(),
  /** The largest first; `newest`: whatever began last. */
  order: z.enum(runOrders).default("cost"),
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(10_000).default(50),
});
export type RunsInput = z.infer<typeof RunsInput>;

export const RunInput = z.strictObject({ runId: storableText(256) });
export type RunInput = z.infer<typeof RunInput>;

/** Calls listed of one run at most; its figures are of all. */
export const mostRunCalls = 1_000;
/** Days of one run read at most, the newest. */
export const longestRunDays = 35;

const count = z.coerce.number().int();

export const RunFigures = z.object({
  /** Steps: calls of models and tools. */
  calls: count,
  toolCalls: count,
  inputTokens: count,
  outputTokens: count,
  /** USD, decimal string; `unpricedCalls` are not in it. */
  costUsd: z.string(),
  unpricedCalls: count,
  unpricedTokens: count,
  partialCalls: count,
  errorCalls: count,
  retryCalls: count,
  retryCostUsd: z.string(),
});
export type RunFigures = z.infer<typeof RunFigures>;

/** By nearest rank: the value of the run at place ⌈p % of runs⌉, counted from the smallest. */
export const percents = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, max: 100 } as const;
const Percentiles = <T extends z.ZodType>(value: T) =>
  z.object({ p50: value, p75: value, p90: value, p95: value, p99: value, max: value });

export const RunTotals = RunFigures.extend({
  runs: count,
  /** Runs of which nothing could be priced: their cost is not known, and not among the percentiles. */
  unpricedRuns: count,
  /** Runs of which some calls could not be priced: they cost more than is told. */
  partlyUnpricedRuns: count,
  /** With at least one call that failed, or that was tried again. */
  errorRuns: count,
  retryRuns: count,
  /** USD a run; null without runs whose cost is known. */
  cost: Percentiles(z.string()).nullable(),
  /** Steps a run; null without runs. */
  steps: Percentiles(count).nullable(),
});
export type RunTotals = z.infer<typeof RunTotals>;

/** The dearest value of a tag in a run, null for calls without it, and how many other values it has there. */
export const RunTag = z.object({ key: z.string().nullable(), others: z.number() });
export type RunTag = z.infer<typeof RunTag>;

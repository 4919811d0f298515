import { why } from "@/server/analytics/why";
import { cache } from "@/server/analytics/cache/cache";
import type { CacheInput } from "@/server/analytics/cache/cache-schemas";
import type { SpendFilter } from "@/server/analytics/schemas";
import type { WhyMeasure } from "@/server/analytics/why-schemas";
import {
  addCounts,
  bucketSums,
  inRange,
  isCurrent,
  picked,
  type ReportQuestion,
  sumsOf,
  totals,
} from "./question";

interface Narrowed {
  called: string;
  filter: SpendFilter;
  where: string;
}

/** Raw calls are asked for all that a change is split by, as the split itself is no work of the database. */
function explained(only?: Narrowed, measure: WhyMeasure = "cost"): ReportQuestion {
  const isByUser = only?.filter.user !== undefined;
  return {
    name: `why the ${measure === "cost" ? "cost" : "cost per call"}${only ? ` of ${only.called}` : ""} changed`,
    async ask(ctx, { from, to, compare }) {
      const { before, after } = await why(ctx, { from, to, compare, measure, filter: only?.filter ?? {} });
      return {
        before: `${String(before.calls)} ${before.costUsd}`,
        after: `${String(after.calls)} ${after.costUsd}`,
      };
    },
    plain: (
      asked,
    ) => `SELECT is_current, feature, ${isByUser ? "" : "kind, prompt_id, prompt_version, error_class, "}provider, model, ${sumsOf("calls", "cost", "retries", "unpriced", "unpriced_tokens")}, ${bucketSums}
      FROM ${picked(asked, only?.where)} GROUP BY 1, 2, 3, 4${isByUser ? "" : ", 5, 6, 7, 8"}`,
    agreed: (rows) => {
      const told = (some: typeof rows) => `${String(totals(some).calls)} ${totals(some).costUsd}`;
      return { before: told(rows.filter((row) => !isCurrent(row))), after: told(rows.filter(isCurrent)) };
    },
  };
}

/** What was saved is worked out from prices (report-prices.ts), of which raw calls know nothing: they tell the tokens. */
function cached(groupBy: CacheInput["groupBy"], column: string): ReportQuestion {
  return {
    name: `cache by ${groupBy}, prices changed within`,
    async ask(ctx, { from, to }) {
      const { total, groups } = await cache(ctx, { from, to, groupBy });
      const { calls, costUsd, inputTokens, cacheReadTokens } = total.current;
      return { calls, costUsd, inputTokens, cacheReadTokens, groups };
    },
    plain: (asked) =>
      `SELECT ${column} AS key, provider, model, ${sumsOf("calls", "cost", "input_tokens", "cache_read_tokens", "unpriced")},
        sum(cache_write_5m_tokens) AS cache_write_5m_tokens, sum(cache_write_1h_tokens) AS cache_write_1h_tokens FROM call WHERE ${inRange(asked)} GROUP BY 1, 2, 3`,
    agreed: (rows) => ({
      ...totals(rows),
      inputTokens: addCounts(rows, "input_tokens"),
      cacheReadTokens: addCounts(rows, "cache_read_tokens"),
      groups: new Set(rows.map(({ key }) => key)).size,
    }),
  };
}

const feature = { called: "one feature", filter: { feature: ["feature-3"] }, where: "feature = 'feature-3'" };
const team = { called: "one team", filter: { team: ["team-1"] }, where: "team = 'team-1'" };
const model = { called: "one model", filter: { model: ["gpt-4o"] }, where: "model = 'gpt-4o'" };
const prompt = { called: "one prompt", filter: { prompt: ["prompt-0"] }, where: "prompt_id = 'prompt-0'" };
const user = { called: "one user", filter: { user: ["user_3"] }, where: "user_id = 'user_3'" };

export const causeQuestions: readonly ReportQuestion[] = [
  explained(),
  explained(undefined, "costPerCall"),
  explained(feature),
  explained(team),
  explained(model),
  explained(prompt),
  explained(user),
  cached("feature", "feature"),
  cached("model", "model"),
  cached("prompt", "prompt_id"),
];

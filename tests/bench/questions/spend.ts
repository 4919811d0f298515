import { trend } from "@/server/analytics/trend";
import { spend } from "@/server/analytics/spend";
import { explain } from "@/server/analytics/explain/explain";
import { hours } from "@/server/analytics/hours/hours";
import type { TrendInput } from "@/server/analytics/schemas";
import type { Ctx } from "@/server/context";
import {
  addCounts,
  type Agreed,
  type Asked,
  fewSums,
  inRange,
  type ReportQuestion,
  sums,
  sumsOf,
  totals,
} from "./question";

type TrendAsked = Pick<TrendInput, "granularity" | "groupBy"> & { filter?: TrendInput["filter"] };

async function trendTotals(ctx: Ctx, { from, to }: Asked, asked: TrendAsked) {
  const { series, buckets } = await trend(ctx, { from, to, ...asked });
  const points = series.flatMap(({ points: some }) =>
    some.map((point) => ({ calls: point?.calls ?? 0, cost: point?.costUsd ?? "0" })),
  );
  return { ...totals(points), buckets: buckets.length };
}

function trended(
  name: string,
  asked: TrendAsked,
  bucket: string,
  { where = "true", mostDays }: { where?: string; mostDays?: number } = {},
): ReportQuestion {
  const isSeries = asked.groupBy !== undefined;
  const of = ({ buckets, ...rest }: Agreed & { buckets: number }): Agreed =>
    isSeries ? rest : { ...rest, buckets };
  return {
    name,
    ...(mostDays === undefined ? {} : { mostDays }),
    ask: async (ctx, range) => of(await trendTotals(ctx, range, asked)),
    plain: (range) =>
      `SELECT ${bucket} AS bucket, ${isSeries ? "feature, " : ""}${sumsOf("calls", "cost", "input_tokens", "output_tokens", "unpriced", "unpriced_tokens")} FROM call WHERE ${inRange(range)} AND ${where} GROUP BY 1${isSeries ? ", 2" : ""} ORDER BY 1`,
    agreed: (rows) => of({ ...totals(rows), buckets: rows.length }),
  };
}

const day = "CAST(occurred_at AS date)";
const hour = "date_trunc('hour', occurred_at)";
const month = "date_trunc('month', occurred_at)";

export const spendQuestions: readonly ReportQuestion[] = [
  {
    name: "spend in all",
    async ask(ctx, { from, to }) {
      const { total } = await spend(ctx, { from, to });
      return { calls: total.calls, costUsd: total.costUsd };
    },
    plain: (asked) => `SELECT ${sums} FROM call WHERE ${inRange(asked)}`,
    agreed: totals,
  },
  trended("trend by hour", { granularity: "hour", groupBy: undefined }, hour, { mostDays: 30 }),
  trended("trend by day", { granularity: "day", groupBy: undefined }, day),
  trended("trend by month", { granularity: "month", groupBy: undefined }, month),
  trended("trend by day and feature, top 8", { granularity: "day", groupBy: "feature" }, day),
  trended(
    "trend by hour of one model",
    { granularity: "hour", groupBy: undefined, filter: { model: ["gpt-4o"] } },
    hour,
    { where: "model = 'gpt-4o'", mostDays: 30 },
  ),
  trended(
    "trend by day of one feature",
    { granularity: "day", groupBy: undefined, filter: { feature: ["feature-3"] } },
    day,
    { where: "feature = 'feature-3'" },
  ),
  trended(
    "trend by day and feature of one team",
    { granularity: "day", groupBy: "feature", filter: { team: ["team-1"] } },
    day,
    { where: "team = 'team-1'" },
  ),
  {
    name: "explain the cost of one feature",
    async ask(ctx, { from, to }) {
      const scope = { from, to, filter: {} };
      const { formula, calls, coverage, prices } = await explain(ctx, { figure: "costUsd", scope, group: { by: "feature", key: "feature-3" } }); // prettier-ignore
      const told = [...prices.inForce, ...(prices.left ? [prices.left] : [])];
      return {
        calls: calls.total,
        costUsd: formula.value ?? "",
        unpricedTokens: calls.unpricedTokens,
        ofAllUsd: coverage?.costUsd ?? "",
        taggedCalls: coverage?.taggedCalls ?? 0,
        ofModels: told.reduce((sum, row) => sum + row.calls, 0),
      };
    },
    // The feature's calls by model, and what part of all has a feature.
    plain: (asked) =>
      `SELECT feature = 'feature-3' AS is_it, feature IS NULL AS is_untagged, CASE WHEN feature = 'feature-3' THEN provider END AS provider,
        CASE WHEN feature = 'feature-3' THEN model END AS model, ${sumsOf("calls", "cost", "unpriced", "unpriced_tokens", "partial", "estimated", "reported")} FROM call WHERE ${inRange(asked)} GROUP BY 1, 2, 3, 4 ORDER BY cost DESC`,
    agreed: (rows) => {
      const of = rows.filter(({ is_it }) => is_it === true);
      return {
        ...totals(of),
        unpricedTokens: addCounts(of, "unpriced_tokens"),
        ofAllUsd: totals(rows).costUsd,
        taggedCalls: totals(rows.filter(({ is_untagged }) => is_untagged !== true)).calls,
        ofModels: totals(of.filter(({ model }) => model !== "")).calls,
      };
    },
  },
  {
    name: "hours of the week",
    async ask(ctx, { from, to }) {
      const { total, cells } = await hours(ctx, { from, to });
      return {
        calls: total.calls,
        costUsd: total.costUsd,
        cells: cells.filter(({ calls }) => calls > 0).length,
      };
    },
    plain: (asked) =>
      `SELECT extract(isodow FROM occurred_at) AS weekday, extract(hour FROM occurred_at) AS hour, ${fewSums} FROM call WHERE ${inRange(asked)} GROUP BY 1, 2`,
    agreed: (rows) => ({ ...totals(rows), cells: rows.length }),
  },
];

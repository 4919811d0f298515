import type { BreakdownInput, Grouping } from "@/server/analytics/schemas";
import type { Ctx } from "@/server/context";

/** A range that is asked about, and the one before it of equal length. Days of UTC; `to` is exclusive. */
export interface Asked {
  from: string;
  to: string;
  compare: { from: string; to: string };
}

/** What both sides must agree on: a figure's name → its value in full. */
export type Agreed = Record<string, string | number>;

export interface ReportQuestion {
  name: string;
  /** Days that it is asked about at most. */
  mostDays?: number;
  ask(ctx: Ctx, asked: Asked): Promise<Agreed>;
  /** The same asked of raw calls in one statement (PostgreSQL and DuckDB); `agreed` reads what it must agree on. */
  plain(asked: Asked): string;
  agreed(rows: Record<string, unknown>[]): Agreed;
}

const inRange = ({ from, to }: { from: string; to: string }) =>
  `occurred_at >= TIMESTAMP '${from} 00:00:00' AND occurred_at < TIMESTAMP '${to} 00:00:00'`;
const sums = `count(*) AS calls, coalesce(sum(cost_usd), 0) AS cost, sum(fresh_input_tokens + cache_read_tokens) AS input_tokens,
  sum(visible_output_tokens) AS output_tokens, sum(CASE WHEN cost_usd IS NULL THEN 1 ELSE 0 END) AS unpriced,
  sum(CASE WHEN error_class IS NOT NULL THEN 1 ELSE 0 END) AS errors, sum(latency_ms) AS latency`;
const columns: Partial<Record<Grouping, string>> = {
  feature: "feature",
  model: "model",
  provider: "provider",
  team: "team",
  user: "user_id",
  prompt: "prompt_id",
  error: "error_class",
};

const amountText = (value: unknown) => (typeof value === "string" ? value : "0");
/** Amounts as both engines and the product write them. */
const amount = (value: unknown) => {
  const text = amountText(value);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
};
export const number = (value: unknown) => Number(value);

/** Total of groups that came back one by one, in units of 10⁻¹⁸ USD. */
function addUp(rows: Record<string, unknown>[], name: string): string {
  const units = rows.reduce((sum, row) => {
    const [whole = "0", part = ""] = amountText(row[name]).split(".");
    return sum + BigInt(whole + part.padEnd(18, "0"));
  }, 0n);
  const text = units.toString().padStart(19, "0");
  return amount(`${text.slice(0, -18)}.${text.slice(-18)}`);
}

const totals = (rows: Record<string, unknown>[]): Agreed => ({
  calls: rows.reduce((sum, row) => sum + number(row.calls), 0),
  costUsd: addUp(rows, "cost"),
});

function grouped(groupBy: Grouping, order: BreakdownInput["order"] = "cost"): ReportQuestion {
  const column = columns[groupBy] ?? groupBy;
  return {
    name: `breakdown by ${groupBy}, compared${order === "cost" ? "" : `, by ${order}`}`,
    async ask(ctx, { from, to, compare }) {
      const { breakdown } = await import("@/server/analytics/breakdown");
      const { total, rows, groups } = await breakdown(ctx, { from, to, compare, groupBy, order });
      return {
        calls: total.current.calls,
        costUsd: total.current.costUsd,
        groups,
        first: order === "cost" ? (rows[0]?.current.costUsd ?? "0") : "",
      };
    },
    plain: (asked) => `
      WITH picked AS (
        SELECT ${column} AS key, true AS is_current, * FROM call WHERE ${inRange(asked)}
        UNION ALL SELECT ${column} AS key, false AS is_current, * FROM call WHERE ${inRange(asked.compare)}
      )
      SELECT key, is_current, ${sums} FROM picked GROUP BY key, is_current ORDER BY cost DESC`,
    agreed: (rows) => {
      const current = rows.filter((row) => row.is_current === true);
      return {
        ...totals(current),
        groups: new Set(rows.map((row) => row.key)).size,
        first: order === "cost" ? amount(current[0]?.cost ?? "0") : "",
      };
    },
  };
}

/** Every question that has one in raw calls to be held against. */
export const basicQuestions: readonly ReportQuestion[] = [
  {
    name: "spend in all",
    async ask(ctx, { from, to }) {
      const { spend } = await import("@/server/analytics/spend");
      const { total } = await spend(ctx, { from, to });
      return { calls: total.calls, costUsd: total.costUsd };
    },
    plain: (asked) => `SELECT ${sums} FROM call WHERE ${inRange(asked)}`,
    agreed: totals,
  },
  {
    name: "trend by day",
    async ask(ctx, { from, to }) {
      const { trend } = await import("@/server/analytics/trend");
      const { series, buckets } = await trend(ctx, { from, to, granularity: "day" });
      const points = series
        .flatMap((one) => one.points)
        .map((point) => ({ calls: point?.calls ?? 0, cost: point?.costUsd ?? "0" }));
      return { ...totals(points), buckets: buckets.length };
    },
    plain: (asked) =>
      `SELECT CAST(occurred_at AS date) AS day, ${sums} FROM call WHERE ${inRange(asked)} GROUP BY 1 ORDER BY 1`,
    agreed: (rows) => ({ ...totals(rows), buckets: rows.length }),
  },
  {
    name: "trend by day and feature, top 8",
    async ask(ctx, { from, to }) {
      const { trend } = await import("@/server/analytics/trend");
      const { series } = await trend(ctx, { from, to, granularity: "day", groupBy: "feature" });
      return totals(
        series
          .flatMap((one) => one.points)
          .map((point) => ({ calls: point?.calls ?? 0, cost: point?.costUsd ?? "0" })),
      );
    },
    plain: (asked) =>
      `SELECT CAST(occurred_at AS date) AS day, feature, ${sums} FROM call WHERE ${inRange(asked)} GROUP BY 1, 2 ORDER BY 1`,
    agreed: totals,
  },
  {
    name: "trend by hour",
    mostDays: 30,
    async ask(ctx, { from, to }) {
      const { trend } = await import("@/server/analytics/trend");
      const { series } = await trend(ctx, { from, to, granularity: "hour" });
      return totals(
        series
          .flatMap((one) => one.points)
          .map((point) => ({ calls: point?.calls ?? 0, cost: point?.costUsd ?? "0" })),
      );
    },
    plain: (asked) =>
      `SELECT date_trunc('hour', occurred_at) AS hour, ${sums} FROM call WHERE ${inRange(asked)} GROUP BY 1 ORDER BY 1`,
    agreed: totals,
  },
  grouped("feature"),
  grouped("feature", "change"),
  grouped("model"),
  grouped("team"),
  grouped("prompt"),
  grouped("user"),
  grouped("error"),
  {
    name: "breakdown by model of one feature",
    async ask(ctx, { from, to }) {
      const { breakdown } = await import("@/server/analytics/breakdown");
      const { total, groups } = await breakdown(ctx, {
        from,
        to,
        groupBy: "model",
        filter: { feature: ["feature-3"] },
      });
      return { calls: total.current.calls, costUsd: total.current.costUsd, groups };
    },
    plain: (asked) =>
      `SELECT model, ${sums} FROM call WHERE ${inRange(asked)} AND feature = 'feature-3' GROUP BY 1 ORDER BY cost DESC`,
    agreed: (rows) => ({ ...totals(rows), groups: rows.length }),
  },
  {
    name: "explain the cost of one feature",
    async ask(ctx, { from, to }) {
      const { explain } = await import("@/server/analytics/explain/explain");
      const scope = { from, to, filter: {} };
      const { formula, calls, prices } = await explain(ctx, { figure: "costUsd", scope, group: { by: "feature", key: "feature-3" } }); // prettier-ignore
      const told = [...prices.inForce, ...(prices.left ? [prices.left] : [])];
      return {
        calls: calls.total,
        costUsd: formula.value ?? "",
        ofModels: told.reduce((sum, row) => sum + row.calls, 0),
      };
    },
    plain: (asked) =>
      `SELECT model, ${sums} FROM call WHERE ${inRange(asked)} AND feature = 'feature-3' GROUP BY 1 ORDER BY cost DESC`,
    agreed: (rows) => ({
      ...totals(rows),
      ofModels: totals(rows.filter(({ model }) => model !== "")).calls ?? 0,
    }),
  },
];

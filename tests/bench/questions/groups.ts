import { breakdown } from "@/server/analytics/breakdown";
import { values } from "@/server/analytics/values";
import { windows } from "@/server/analytics/windows/windows";
import { growth } from "@/server/analytics/windows/growth";
import type { BreakdownInput, Grouping, SpendFilter } from "@/server/analytics/schemas";
import { addDays } from "@/server/calendar/local-day";
import {
  addCounts,
  addUp,
  amount,
  fewSums,
  inRange,
  isCurrent,
  picked,
  type ReportQuestion,
  sums,
  totals,
} from "./question";

const columns: Partial<Record<Grouping, string>> = {
  user: "user_id",
  account: "account_id",
  prompt: "prompt_id",
  error: "error_class",
};
const columnOf = (grouping: Grouping) => columns[grouping] ?? grouping;

interface Narrowed {
  called: string;
  filter: SpendFilter;
  where: string;
}

function grouped(
  groupBy: Grouping,
  order: BreakdownInput["order"] = "cost",
  only?: Narrowed,
): ReportQuestion {
  const isByCost = order === "cost";
  return {
    name: `breakdown by ${groupBy}${only ? ` of ${only.called}` : ""}, compared${isByCost ? "" : `, by ${order}`}`,
    async ask(ctx, { from, to, compare }) {
      const filter = only?.filter ?? {};
      const { total, rows, groups } = await breakdown(ctx, { from, to, compare, groupBy, order, filter });
      return {
        calls: total.current.calls,
        costUsd: total.current.costUsd,
        before: total.previous?.costUsd ?? "0",
        groups,
        first: isByCost ? (rows[0]?.current.costUsd ?? "0") : "",
        tokens: total.current.inputTokens + total.current.outputTokens,
        errors: total.current.errorCalls,
        retryUsd: total.current.retryCostUsd,
      };
    },
    plain: (
      asked,
    ) => `SELECT ${columnOf(groupBy)} AS key, is_current, ${sums} FROM ${picked(asked, only?.where)}
      GROUP BY 1, 2 ORDER BY cost DESC`,
    agreed: (rows) => {
      const current = rows.filter(isCurrent);
      return {
        ...totals(current),
        before: totals(rows.filter((row) => !isCurrent(row))).costUsd,
        groups: new Set(rows.map((row) => row.key)).size,
        first: isByCost ? amount(current[0]?.cost ?? "0") : "",
        tokens: addCounts(current, "input_tokens") + addCounts(current, "output_tokens"),
        errors: addCounts(current, "errors"),
        retryUsd: addUp(current, "retry_cost"),
      };
    },
  };
}

function suggested(tag: Grouping, search: string): ReportQuestion {
  const column = columnOf(tag);
  return {
    name: `values of ${tag} with “${search}”`,
    async ask(ctx, { from, to }) {
      const { values: found, found: count } = await values(ctx, { from, to, tag, search });
      return { found: count, first: found[0]?.costUsd ?? "0" };
    },
    plain: (asked) =>
      `SELECT ${column} AS key, ${fewSums} FROM call WHERE ${inRange(asked)} AND ${column} ILIKE '%${search}%' GROUP BY 1 ORDER BY cost DESC`,
    agreed: (rows) => ({ found: rows.length, first: amount(rows[0]?.cost ?? "0") }),
  };
}

/** The windows end now, which is the first instant of a day: the last ones have a day without calls. */
function windowed(groupBy: Grouping): ReportQuestion {
  const bounds = (to: string) => ({
    last7: { from: addDays(to, -6), to: addDays(to, 1) },
    previous7: { from: addDays(to, -13), to: addDays(to, -7) },
    last30: { from: addDays(to, -29), to: addDays(to, 1) },
    previous30: { from: addDays(to, -59), to: addDays(to, -30) },
  });
  return {
    name: `windows of 7 and 30 days by ${groupBy}`,
    ownRange: "60 days",
    async ask(ctx) {
      const { total, rows, groups } = await windows(ctx, { groupBy });
      return {
        ...Object.fromEntries(
          (["last7", "previous7", "last30", "previous30"] as const).map((name) => [
            name,
            `${String(total[name].calls)} ${total[name].costUsd}`,
          ]),
        ),
        groups,
        first: rows[0]?.last30.costUsd ?? "0",
      };
    },
    plain: ({ to }) => {
      const of = Object.entries(bounds(to)).map(([name, range]) => {
        const when = `CASE WHEN ${inRange(range)} THEN`;
        return `sum(${when} 1 ELSE 0 END) AS ${name}_calls, coalesce(sum(${when} cost_usd END), 0) AS ${name}_cost,
          sum(${when} fresh_input_tokens + cache_read_tokens ELSE 0 END) AS ${name}_input, sum(${when} visible_output_tokens ELSE 0 END) AS ${name}_output`;
      });
      return `SELECT ${columnOf(groupBy)} AS key, ${of.join(", ")} FROM call
        WHERE ${inRange({ from: bounds(to).previous30.from, to: bounds(to).last30.to })} GROUP BY 1 ORDER BY last30_cost DESC`;
    },
    agreed: (rows) => {
      const of = (name: string) =>
        totals(rows.map((row) => ({ calls: row[`${name}_calls`], cost: row[`${name}_cost`] })));
      return {
        ...Object.fromEntries(
          ["last7", "previous7", "last30", "previous30"].map((name) => [
            name,
            `${String(of(name).calls)} ${of(name).costUsd}`,
          ]),
        ),
        // Calls of the day between the windows are of none.
        groups: rows.filter((row) => Number(row.last30_calls) + Number(row.previous30_calls) > 0).length,
        first: amount(rows[0]?.last30_cost ?? "0"),
      };
    },
  };
}

function growing(groupBy: Grouping, days: 7 | 30): ReportQuestion {
  const last = (to: string) => ({ from: addDays(to, 1 - days), to: addDays(to, 1) });
  const previous = (to: string) => ({ from: addDays(to, 1 - 2 * days), to: addDays(to, -days) });
  return {
    name: `growth by ${groupBy}, ${String(days)} days`,
    ownRange: `${String(2 * days)} days`,
    async ask(ctx) {
      const { groups } = await growth(ctx, { groupBy, days });
      return { groups };
    },
    plain: ({ to }) => `SELECT ${columnOf(groupBy)} AS key, is_current, ${sums}
      FROM ${picked({ ...last(to), compare: previous(to) })} GROUP BY 1, 2`,
    agreed: (rows) => {
      const before = new Map(rows.filter((row) => !isCurrent(row)).map((row) => [row.key, Number(row.cost)]));
      const grown = rows.filter(
        (row) =>
          isCurrent(row) &&
          Number(row.cost) >= 1 &&
          Number(row.calls) >= 20 &&
          Number(row.cost) > (before.get(row.key) ?? 0),
      );
      return { groups: grown.length };
    },
  };
}

const feature = { called: "one feature", filter: { feature: ["feature-3"] }, where: "feature = 'feature-3'" };

export const groupQuestions: readonly ReportQuestion[] = [
  grouped("feature"),
  grouped("feature", "change"),
  grouped("model"),
  grouped("team"),
  grouped("prompt"),
  grouped("error"),
  grouped("user"),
  grouped("user", "change"),
  grouped("account"),
  grouped("model", "cost", feature),
  grouped("prompt", "cost", { called: "one team", filter: { team: ["team-1"] }, where: "team = 'team-1'" }),
  grouped("feature", "cost", {
    called: "one user",
    filter: { user: ["user_3"] },
    where: "user_id = 'user_3'",
  }),
  grouped("user", "cost", feature),
  suggested("feature", "ture-1"),
  suggested("user", "12"),
  windowed("feature"),
  windowed("user"),
  growing("feature", 7),
  growing("feature", 30),
  growing("user", 7),
  growing("user", 30),
];

import { userSpread } from "@/server/analytics/user-spread";
import { whyUsers } from "@/server/analytics/why-users";
import { spreadPercents } from "@/server/analytics/user-spread-schemas";
import type { SpendFilter } from "@/server/analytics/schemas";
import { amount, inRange, isCurrent, number, picked, type ReportQuestion, totals } from "./question";

interface Narrowed {
  called: string;
  filter: SpendFilter;
  where: string;
}

function spread(only?: Narrowed): ReportQuestion {
  return {
    name: `spread over users${only ? ` of ${only.called}` : ""}`,
    async ask(ctx, { from, to }) {
      const filter = only?.filter ?? {};
      const { users, calls, costUsd, unpricedCalls, nobody, perUser, top1, top10 } = await userSpread(ctx, { from, to, filter }); // prettier-ignore
      return {
        users: users.count,
        calls,
        costUsd,
        unpriced: unpricedCalls,
        nobody: nobody.calls,
        percentiles: [perUser?.p50Usd, perUser?.p75Usd, perUser?.p90Usd, perUser?.p95Usd, perUser?.p99Usd, perUser?.maxUsd].join(" "), // prettier-ignore
        top1: top1.costUsd,
        top10: top10.costUsd,
      };
    },
    plain: (asked) => `
      WITH person AS (
        SELECT user_id, count(*) AS calls, coalesce(sum(cost_usd), 0) AS cost, sum(CASE WHEN cost_usd IS NULL THEN 1 ELSE 0 END) AS unpriced
        FROM call WHERE ${inRange(asked)} AND ${only?.where ?? "true"} GROUP BY 1
      ), known AS (
        SELECT cost, row_number() OVER (ORDER BY cost DESC, user_id) AS nth, count(*) OVER () AS people
        FROM person WHERE user_id IS NOT NULL AND NOT (cost = 0 AND unpriced = calls)
      ), everybody AS (
        SELECT count(user_id) AS users, sum(CASE WHEN user_id IS NOT NULL THEN calls END) AS calls,
          sum(CASE WHEN user_id IS NOT NULL THEN cost END) AS cost, sum(CASE WHEN user_id IS NOT NULL THEN unpriced END) AS unpriced,
          sum(CASE WHEN user_id IS NULL THEN calls END) AS nobody
        FROM person
      ), spread AS (
        SELECT ${spreadPercents.map((percent) => `percentile_disc(${String(percent / 100)}) WITHIN GROUP (ORDER BY cost) AS p${String(percent)}`).join(", ")},
          sum(CASE WHEN nth * 100 < people + 100 THEN cost ELSE 0 END) AS top1, sum(CASE WHEN nth * 10 < people + 10 THEN cost ELSE 0 END) AS top10
        FROM known
      )
      SELECT * FROM everybody, spread`,
    agreed: ([row = {}]) => ({
      users: number(row.users),
      calls: number(row.calls),
      costUsd: amount(row.cost),
      unpriced: number(row.unpriced),
      nobody: number(row.nobody),
      percentiles: spreadPercents.map((percent) => amount(row[`p${String(percent)}`])).join(" "),
      top1: amount(row.top1),
      top10: amount(row.top10),
    }),
  };
}

export const peopleQuestions: readonly ReportQuestion[] = [
  spread(),
  spread({ called: "one feature", filter: { feature: ["feature-3"] }, where: "feature = 'feature-3'" }),
  {
    name: "whose cost changed",
    async ask(ctx, { from, to, compare }) {
      const { groups } = await whyUsers(ctx, { from, to, compare });
      return Object.fromEntries(
        groups.flatMap(({ group, users, afterUsd }) => (users > 0 ? [[group, `${String(users)} ${afterUsd}`]] : [])), // prettier-ignore
      );
    },
    plain: (asked) =>
      `SELECT user_id AS key, is_current, count(*) AS calls, coalesce(sum(cost_usd), 0) AS cost FROM ${picked(asked)} GROUP BY 1, 2`,
    agreed: (rows) => {
      const now = new Map(rows.filter(isCurrent).map((row) => [row.key, row]));
      const before = new Set(rows.filter((row) => !isCurrent(row)).map(({ key }) => key));
      const groups = {
        gone: [...before].filter((key) => !now.has(key)),
        new: [...now.keys()].filter((key) => !before.has(key)),
        stayed: [...now.keys()].filter((key) => before.has(key)),
      };
      return Object.fromEntries(
        Object.entries(groups).flatMap(([group, keys]) =>
          keys.length > 0
            ? [[group, `${String(keys.length)} ${totals(keys.map((key) => now.get(key) ?? {})).costUsd}`]]
            : [],
        ),
      );
    },
  },
];

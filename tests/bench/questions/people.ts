import type { SpendFilter } from "@/server/analytics/schemas";
import { amount, inRange, isCurrent, number, picked, type ReportQuestion, sums, totals } from "./question";

interface Narrowed {
  called: string;
  filter: SpendFilter;
  where: string;
}

function spread(only?: Narrowed): ReportQuestion {
  return {
    name: `spread over users${only ? ` of ${only.called}` : ""}`,
    async ask(ctx, { from, to }) {
      const { userSpread } = await import("@/server/analytics/user-spread");
      const filter = only?.filter ?? {};
      const { users, costUsd, perUser, top1 } = await userSpread(ctx, { from, to, filter });
      return {
        users: users.count,
        costUsd,
        median: perUser?.p50Usd ?? "",
        p99: perUser?.p99Usd ?? "",
        top1: top1.costUsd,
      };
    },
    plain: (asked) => `
      WITH person AS (
        SELECT user_id, count(*) AS calls, coalesce(sum(cost_usd), 0) AS cost, sum(CASE WHEN cost_usd IS NULL THEN 1 ELSE 0 END) AS unpriced
        FROM call WHERE ${inRange(asked)} AND user_id IS NOT NULL AND ${only?.where ?? "true"} GROUP BY 1
      ), known AS (
        SELECT cost, row_number() OVER (ORDER BY cost DESC, user_id) AS nth, count(*) OVER () AS people FROM person WHERE NOT (cost = 0 AND unpriced = calls)
      )
      SELECT (SELECT count(*) FROM person) AS users, (SELECT sum(cost) FROM person) AS cost,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY cost) AS median, percentile_disc(0.99) WITHIN GROUP (ORDER BY cost) AS p99,
        sum(CASE WHEN nth * 100 < people + 100 THEN cost ELSE 0 END) AS top1
      FROM known`,
    agreed: ([row = {}]) => ({
      users: number(row.users),
      costUsd: amount(row.cost),
      median: amount(row.median),
      p99: amount(row.p99),
      top1: amount(row.top1),
    }),
  };
}

export const peopleQuestions: readonly ReportQuestion[] = [
  spread(),
  spread({ called: "one feature", filter: { feature: ["feature-3"] }, where: "feature = 'feature-3'" }),
  {
    name: "whose cost changed",
    async ask(ctx, { from, to, compare }) {
      const { whyUsers } = await import("@/server/analytics/why-users");
      const { groups } = await whyUsers(ctx, { from, to, compare });
      return Object.fromEntries(
        groups.flatMap(({ group, users, afterUsd }) => (users > 0 ? [[group, `${String(users)} ${afterUsd}`]] : [])), // prettier-ignore
      );
    },
    plain: (asked) => `SELECT user_id AS key, is_current, ${sums} FROM ${picked(asked)} GROUP BY 1, 2`,
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

import { Prisma } from "@/prisma/generated/client";
import type { LocalDay } from "@/server/calendar/local-day";
import type { MonthStretch } from "@/server/retention/revenue-months";
import type { RetentionSettings } from "@/server/retention/schemas";
import type { StateBounds } from "@/server/retention/state";
import { sourceSql, type SourceQuestion } from "../source-query";
import { monthlySql, monthMarkSql, payingSql, revenueSql } from "./paying-query";

export interface PeopleQuestion extends Pick<SourceQuestion, "tenantId" | "timeZone" | "range" | "built"> {
  settings: RetentionSettings;
  bounds: StateBounds;
  /** Of the range, for those who are still there; and up to now for all. */
  months: MonthStretch;
  today: LocalDay;
  /** The local day of the first call ever; null: there is none. */
  ledgerSince: LocalDay | null;
}

const raw = (text: string) => Prisma.raw(text);

/** The p90 by nearest rank, in whole numbers: the cost at place ⌈90 % of n⌉ from the cheapest. */
const p90 = (cost: string, where: string) =>
  `(array_agg(${cost} ORDER BY ${cost}) FILTER (WHERE ${where}))[(count(*) FILTER (WHERE ${where}) * 90 + 99) / 100]`;
/** Of whose calls not one could be priced, nobody knows the cost; who has a share of another's call alone has no call. */
export const isKnown = (calls: string, cost: string, unpriced: string) =>
  `(${cost} > 0 OR ${calls} > ${unpriced})`;

/** While days are built anew the ledger is read, which a source does for so many days at once. */
const mostLedgerDays = 30;

/** What each user cost in the range, in rows to be summed. */
function recentSql({ tenantId, timeZone, range, built }: PeopleQuestion): Prisma.Sql {
  const of = {
    tenantId,
    timeZone,
    built,
    dimensions: ["user"],
    filter: {},
    granularity: "total",
    knownAt: null,
  } as const;
  if (built.days) return sourceSql({ ...of, range });
  const parts: Prisma.Sql[] = [];
  for (let from = range.from; from < range.to;) {
    const to = new Date(Math.min(range.to.getTime(), from.getTime() + mostLedgerDays * 86_400_000));
    parts.push(Prisma.sql`SELECT * FROM ${sourceSql({ ...of, range: { from, to, days: null } })} AS part`);
    from = to;
  }
  return Prisma.sql`(${Prisma.join(parts, " UNION ALL ")})`;
}

/**
 * CTEs up to `judged`: everybody ever seen or told of with state, what they cost and paid in the stretch that they are
 * judged by (`cost`, `revenue`), the p90 of others' costs in such a stretch, and the group of the throttle list that they are
 * in. Who left is judged by all their time, from sign-up or first day until now, for what they are last known to pay still
 * comes in; others by the range.
 */
export function judgedSql(question: PeopleQuestion): Prisma.Sql {
  const { tenantId, timeZone, settings, bounds, months } = question;
  const { from, to, scale } = months;
  const source = recentSql(question);
  const since = `coalesce(${monthMarkSql("pays_since")} * ${String(scale)}, 0)`;
  const stayed = revenueSql(`${String(to)} - greatest(${String(from)}, ${since})`, scale);
  // What somebody cost before the ledger's first day nobody knows, so what they paid then does not count either.
  const came = `${monthMarkSql(`greatest(least(first_day, signed_up), DATE '${question.ledgerSince ?? question.today}')`)} * ${String(scale)}`;
  const left = revenueSql(`${String(to)} - greatest(${came}, ${since})`, scale);
  const hasP90 = raw(`peers >= ${String(settings.minUsers)}`);
  const [active, atRisk] = [bounds.active, bounds.atRisk];
  return Prisma.sql`${payingSql(tenantId, timeZone, settings.mrrOf)}, recent AS MATERIALIZED (
      SELECT user_id, sum(calls) AS calls, sum(cost_usd) AS cost, sum(unpriced_calls) AS unpriced
      FROM ${source} AS s WHERE user_id <> '' GROUP BY 1
    ), person AS MATERIALIZED (
      SELECT coalesce(p.user_id, r.user_id) AS user_id, p.account_id, p.plan, p.last_day, p.signed_up,
        CASE WHEN p.last_day IS NULL THEN CASE WHEN r.user_id IS NULL THEN 'never' ELSE 'active' END
          WHEN p.last_day >= ${active}::date THEN 'active' WHEN p.last_day >= ${atRisk}::date THEN 'atRisk' ELSE 'churned' END AS state,
        coalesce(r.calls, 0) AS recent_calls, coalesce(r.cost, 0) AS recent_cost, coalesce(r.unpriced, 0) AS recent_unpriced,
        coalesce(p.life_calls, 0) AS life_calls, coalesce(p.life_cost, 0) AS life_cost, coalesce(p.life_unpriced, 0) AS life_unpriced,
        ${monthlySql} AS monthly, ${stayed} AS stayed_revenue, ${left} AS left_revenue
      FROM paid AS p FULL JOIN recent AS r ON r.user_id = p.user_id
    ), peer AS MATERIALIZED (
      SELECT count(*) FILTER (WHERE ${raw(isKnown("recent_calls", "recent_cost", "recent_unpriced"))}) AS recent_users,
        ${raw(p90("recent_cost", isKnown("recent_calls", "recent_cost", "recent_unpriced")))} AS recent_p90,
        count(*) FILTER (WHERE ${raw(isKnown("life_calls", "life_cost", "life_unpriced"))}) AS life_users,
        ${raw(p90("life_cost", isKnown("life_calls", "life_cost", "life_unpriced")))} AS life_p90
      FROM person
    ), weighed AS (
      SELECT user_id, account_id, plan, last_day, state, monthly, recent_cost, life_cost,
        CASE WHEN state = 'churned' THEN life_cost ELSE recent_cost END AS cost,
        CASE WHEN state = 'churned' THEN life_unpriced ELSE recent_unpriced END AS unpriced,
        CASE WHEN state = 'churned' THEN left_revenue ELSE stayed_revenue END AS revenue,
        CASE WHEN state = 'churned' THEN life_users ELSE recent_users END AS peers,
        CASE WHEN state = 'churned' THEN life_p90 ELSE recent_p90 END AS p90
      FROM person, peer
    ), judged AS MATERIALIZED (
      SELECT *, CASE
          WHEN cost = 0 OR (${hasP90} AND cost <= p90) OR revenue >= cost OR (revenue IS NULL AND NOT (${hasP90})) THEN NULL
          WHEN state IN ('churned', 'atRisk') THEN 'leaving'
          WHEN state = 'active' AND revenue IS NOT NULL THEN 'active' END AS list,
        coalesce(cost - revenue, cost) AS loss
      FROM weighed
    )`;
}

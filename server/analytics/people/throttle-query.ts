import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import type { MonthStretch } from "@/server/retention/revenue-months";
import type { RetentionSettings } from "@/server/retention/schemas";
import { type StateBounds, userStates } from "@/server/retention/state";
import { sourceSql, type SourceQuestion } from "../source-query";
import { monthlySql, monthMarkSql, payingSql, revenueSql } from "./paying-query";
import { type ThrottleGroup, throttleGroups } from "./people-schemas";

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
const count = z.coerce.number().int();
const usd = z.string();
const day = z.string().transform((text): LocalDay => text);

/** The p90 by nearest rank, in whole numbers: the cost at place ⌈90 % of n⌉ from the cheapest. */
const p90 = (cost: string, where: string) =>
  `(array_agg(${cost} ORDER BY ${cost}) FILTER (WHERE ${where}))[(count(*) FILTER (WHERE ${where}) * 90 + 99) / 100]`;
const median = (cost: string, where: string) =>
  `(array_agg(${cost} ORDER BY ${cost}) FILTER (WHERE ${where}))[(count(*) FILTER (WHERE ${where}) + 1) / 2]`;
/** Of whose calls not one could be priced, nobody knows the cost; who has a share of another's call alone has no call. */
const isKnown = (calls: string, cost: string, unpriced: string) => `(${cost} > 0 OR ${calls} > ${unpriced})`;

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
function judgedSql(question: PeopleQuestion): Prisma.Sql {
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

const Listed = z.object({
  user: z.string(),
  accountId: z.string().nullable(),
  plan: z.string().nullable(),
  state: z.enum(userStates),
  lastDay: day.nullable(),
  costUsd: usd,
  recentCostUsd: usd,
  lifetimeCostUsd: usd,
  unpricedCalls: count,
  revenueUsd: usd.nullable(),
  mrrUsd: usd.nullable(),
  p90Usd: usd.nullable(),
  planUsers: count,
  planMedianUsd: usd.nullable(),
  allUsers: count,
  allMedianUsd: usd.nullable(),
});
export type Listed = z.infer<typeof Listed>;

/** SQL of a page of a group, the greatest loss first, with what stayers cost in the middle. */
export function throttleSql(
  question: PeopleQuestion,
  group: ThrottleGroup,
  offset: number,
  limit: number,
): Prisma.Sql {
  const stays = `state = 'active' AND ${isKnown("recent_calls", "recent_cost", "recent_unpriced")}`;
  return Prisma.sql`WITH ${judgedSql(question)}, of_plan AS (
      SELECT plan, count(*) FILTER (WHERE ${raw(stays)}) AS users, ${raw(median("recent_cost", stays))} AS median FROM person GROUP BY plan
    ), of_all AS (SELECT count(*) FILTER (WHERE ${raw(stays)}) AS users, ${raw(median("recent_cost", stays))} AS median FROM person)
    SELECT user_id AS user, account_id AS "accountId", j.plan, state, to_char(last_day, 'YYYY-MM-DD') AS "lastDay",
      trim_scale(cost)::text AS "costUsd", trim_scale(recent_cost)::text AS "recentCostUsd", trim_scale(life_cost)::text AS "lifetimeCostUsd",
      unpriced::text AS "unpricedCalls", trim_scale(revenue)::text AS "revenueUsd", trim_scale(monthly)::text AS "mrrUsd",
      CASE WHEN peers >= ${question.settings.minUsers} THEN trim_scale(p90)::text END AS "p90Usd",
      CASE WHEN j.plan IS NULL THEN '0' ELSE p.users::text END AS "planUsers", CASE WHEN j.plan IS NOT NULL THEN trim_scale(p.median)::text END AS "planMedianUsd",
      a.users::text AS "allUsers", trim_scale(a.median)::text AS "allMedianUsd"
    FROM judged AS j JOIN of_plan AS p ON p.plan IS NOT DISTINCT FROM j.plan, of_all AS a
    WHERE list = ${group} ORDER BY loss DESC, cost DESC, user_id OFFSET ${offset} LIMIT ${limit}`;
}

export const loadThrottle = async (
  db: Db,
  question: PeopleQuestion,
  group: ThrottleGroup,
  offset: number,
  limit: number,
) => z.array(Listed).parse(await db.$queryRaw(throttleSql(question, group, offset, limit)));

const Standing = z.object({
  states: z.object(
    Object.fromEntries(userStates.map((state) => [state, count])) as Record<
      (typeof userStates)[number],
      typeof count
    >,
  ),
  groups: z.object({
    leaving: z.object({ users: count, costUsd: usd, lossUsd: usd }),
    active: z.object({ users: count, costUsd: usd, lossUsd: usd }),
  }),
  peers: z.object({ recent: count, lifetime: count }),
  told: z.object({ users: count, withMrr: count }),
  users: z.array(
    z.object({
      user: z.string(),
      state: z.enum(userStates),
      lastDay: day.nullable(),
      throttle: z.enum(throttleGroups).nullable(),
    }),
  ),
});
export type Standing = z.infer<typeof Standing>;

/** SQL of how many are in which state and group, and how these users stand; one row. */
export function standingSql(question: PeopleQuestion, users: readonly string[]): Prisma.Sql {
  const states = userStates
    .map((state) => `'${state}', count(*) FILTER (WHERE state = '${state}')`)
    .join(", ");
  const groups = throttleGroups
    .map((group) => {
      const of = `FILTER (WHERE list = '${group}')`;
      const sum = (what: string) => `trim_scale(coalesce(sum(${what}) ${of}, 0))::text`;
      // A loss that nobody can tell is no part of it.
      return `'${group}', json_build_object('users', count(*) ${of}, 'costUsd', ${sum("cost")}, 'lossUsd', ${sum("cost - revenue")})`;
    })
    .join(", ");
  return Prisma.sql`WITH ${judgedSql(question)}
    SELECT (SELECT json_build_object(${raw(states)}) FROM judged) AS states,
      (SELECT json_build_object(${raw(groups)}) FROM judged) AS groups,
      (SELECT json_build_object('recent', recent_users, 'lifetime', life_users) FROM peer) AS peers,
      (SELECT json_build_object('users', count(*), 'withMrr', count(mrr_usd)) FROM end_user WHERE tenant_id = ${question.tenantId}::uuid) AS told,
      (SELECT coalesce(json_agg(json_build_object('user', user_id, 'state', state, 'lastDay', to_char(last_day, 'YYYY-MM-DD'), 'throttle', list) ORDER BY user_id), '[]')
        FROM judged WHERE user_id = ANY (${[...users]}::text[])) AS users`;
}

export const loadStanding = async (
  db: Db,
  question: PeopleQuestion,
  users: readonly string[],
): Promise<Standing> => z.tuple([Standing]).parse(await db.$queryRaw(standingSql(question, users)))[0];

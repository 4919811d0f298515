import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { userStates } from "@/server/retention/state";
import { isKnown, judgedSql, type PeopleQuestion } from "./judged-query";
import type { ThrottleGroup } from "./people-schemas";

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const usd = z.string();
const median = (cost: string, where: string) =>
  `(array_agg(${cost} ORDER BY ${cost}) FILTER (WHERE ${where}))[(count(*) FILTER (WHERE ${where}) + 1) / 2]`;

const Listed = z.object({
  user: z.string(),
  accountId: z.string().nullable(),
  plan: z.string().nullable(),
  state: z.enum(userStates),
  lastDay: z
    .string()
    .transform((text): LocalDay => text)
    .nullable(),
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

import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { userStates } from "@/server/retention/state";
import { judgedSql, type PeopleQuestion } from "./judged-query";
import { throttleGroups } from "./people-schemas";

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const usd = z.string();

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
      lastDay: z
        .string()
        .transform((text): LocalDay => text)
        .nullable(),
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

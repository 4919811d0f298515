import { z } from "zod";
import type { Grain } from "@/server/activity/schemas";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";

const count = z.coerce.number().int();

const CountedCell = z.object({
  cohort: z.string(),
  period: z.string(),
  activeUsers: count,
  calls: count,
  events: count,
  costUsd: z.string(),
  unpricedCalls: count,
  lastUsers: count,
  lastCostUsd: z.string(),
});

/** Cohorts from `first` to `last`, in every period up to `last` in which some of them were there. */
export async function countedCells(
  db: Db,
  { tenantId, grain, first, last }: { tenantId: string; grain: Grain; first: LocalDay; last: LocalDay },
) {
  const rows = await db.$queryRaw`
    SELECT to_char(cohort, 'YYYY-MM-DD') AS cohort, to_char(period, 'YYYY-MM-DD') AS period, active_users::text AS "activeUsers",
      calls::text, events::text, trim_scale(cost_usd)::text AS "costUsd", unpriced_calls::text AS "unpricedCalls",
      last_users::text AS "lastUsers", trim_scale(last_cost_usd)::text AS "lastCostUsd"
    FROM cohort_cell
    WHERE tenant_id = ${tenantId}::uuid AND grain = ${grain} AND cohort BETWEEN ${first}::date AND ${last}::date
      AND period <= ${last}::date`;
  return z.array(CountedCell).parse(rows);
}

/** The oldest cohort of all; null: nobody was counted. */
export async function oldestCohort(db: Db, tenantId: string, grain: Grain): Promise<LocalDay | null> {
  const rows = await db.$queryRaw`
    SELECT to_char(min(cohort), 'YYYY-MM-DD') AS cohort FROM cohort_cell
    WHERE tenant_id = ${tenantId}::uuid AND grain = ${grain}`;
  return z.tuple([z.object({ cohort: z.string().nullable() })]).parse(rows)[0].cohort;
}

const Awaited = z.object({ cohort: z.string(), period: z.string(), users: count, costUsd: z.string() });

/** Who was last there from `from` on and before `to`, by cohort and last period. */
export async function awaitedUsers(
  db: Db,
  { tenantId, grain, from, to }: { tenantId: string; grain: Grain; from: LocalDay; to: LocalDay },
) {
  const rows = await db.$queryRaw`
    SELECT to_char(cohort, 'YYYY-MM-DD') AS cohort, to_char(date_trunc(${grain}, last_day::timestamp), 'YYYY-MM-DD') AS period,
      sum(users)::text AS users, trim_scale(sum(cost_usd))::text AS "costUsd"
    FROM cohort_last_day
    WHERE tenant_id = ${tenantId}::uuid AND grain = ${grain} AND last_day >= ${from}::date AND last_day < ${to}::date
    GROUP BY 1, 2`;
  return z.array(Awaited).parse(rows);
}

const Told = z.object({
  timeZone: z.string().nullable(),
  refreshedAt: z.date().nullable(),
  waitsFrom: z.string().nullable(),
});

/** When activity was counted last, in which zone, and from which day on some of it is to be counted anew. */
export async function countedAt(db: Db, tenantId: string): Promise<z.infer<typeof Told>> {
  const rows = await db.$queryRaw`
    SELECT s.time_zone AS "timeZone", s.refreshed_at AS "refreshedAt", to_char(w.day, 'YYYY-MM-DD') AS "waitsFrom"
    FROM (SELECT least(
        (SELECT min(day) FROM activity_dirty WHERE tenant_id = ${tenantId}::uuid),
        (SELECT min(period) FROM activity_pending WHERE tenant_id = ${tenantId}::uuid)) AS day) AS w
      LEFT JOIN activity_state s ON s.tenant_id = ${tenantId}::uuid`;
  return z.tuple([Told]).parse(rows)[0];
}

import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { MrrOwner } from "@/server/retention/schemas";
import { sourceSql, type SourceQuestion } from "../source-query";
import { payingSql } from "./paying-query";

export interface PlansQuestion extends Pick<SourceQuestion, "tenantId" | "timeZone" | "range" | "built"> {
  mrrOf: MrrOwner;
}

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const usd = z.string();

export const planPercents = [50, 90, 95, 99, 100] as const;

const PlanRow = z.object({
  plan: z.string().nullable(),
  payers: count,
  priced: count,
  priceUsd: usd.nullable(),
  callers: count,
  unknownCost: count,
  costUsd: usd,
  unpricedCalls: count,
  percentiles: z.record(z.string(), usd.nullable()),
  above: count,
  beyondUsd: usd,
});
export type PlanRow = z.infer<typeof PlanRow>;

/** Who is charged: a user, or where the revenue is the account's, the account. */
const payerSql = Prisma.sql`SELECT CASE WHEN is_shared THEN 'a' || account_id ELSE 'u' || user_id END AS payer,
        (array_agg(plan ORDER BY plan_at DESC NULLS LAST, plan DESC) FILTER (WHERE plan IS NOT NULL))[1] AS plan,
        min(pay_usd) AS pay_usd, sum(calls) AS calls, sum(cost) AS cost, sum(unpriced) AS unpriced
      FROM spent GROUP BY 1`;

/** SQL of a row for each plan. Percentiles are by nearest rank; the price is the MRR of the payer in the middle. */
export function plansSql({ mrrOf, ...question }: PlansQuestion): Prisma.Sql {
  const source = sourceSql({ ...question, dimensions: ["user"], filter: {}, granularity: "total", knownAt: null }); // prettier-ignore
  const percentiles = planPercents
    .map((p) => `'${String(p)}', trim_scale((array_agg(cost ORDER BY cost) FILTER (WHERE is_known))[(count(*) FILTER (WHERE is_known) * ${String(p)} + 99) / 100])::text`)
    .join(", "); // prettier-ignore
  return Prisma.sql`WITH ${payingSql(question.tenantId, question.timeZone, mrrOf)}, recent AS MATERIALIZED (
      SELECT user_id, sum(calls) AS calls, sum(cost_usd) AS cost, sum(unpriced_calls) AS unpriced
      FROM ${source} AS s WHERE user_id <> '' GROUP BY 1
    ), spent AS (
      SELECT coalesce(p.user_id, r.user_id) AS user_id, p.account_id, p.plan, p.plan_at, p.pay_usd, coalesce(p.is_shared, false) AS is_shared,
        coalesce(r.calls, 0) AS calls, coalesce(r.cost, 0) AS cost, coalesce(r.unpriced, 0) AS unpriced
      FROM paid AS p FULL JOIN recent AS r ON r.user_id = p.user_id
    ), payer AS MATERIALIZED (
      SELECT *, (cost > 0 OR calls > unpriced) AS is_known FROM (${payerSql}) AS p
    ), price AS (
      SELECT plan, (array_agg(pay_usd ORDER BY pay_usd) FILTER (WHERE pay_usd IS NOT NULL))[(count(pay_usd) + 1) / 2] AS usd FROM payer GROUP BY plan
    )
    SELECT payer.plan, count(*)::text AS payers, count(pay_usd)::text AS priced, trim_scale(min(price.usd))::text AS "priceUsd",
      (count(*) FILTER (WHERE is_known))::text AS callers, (count(*) FILTER (WHERE calls > 0 AND NOT is_known))::text AS "unknownCost",
      trim_scale(sum(cost))::text AS "costUsd", sum(unpriced)::text AS "unpricedCalls", json_build_object(${raw(percentiles)}) AS percentiles,
      (count(*) FILTER (WHERE is_known AND cost > price.usd))::text AS above,
      trim_scale(coalesce(sum(cost - price.usd) FILTER (WHERE is_known AND cost > price.usd), 0))::text AS "beyondUsd"
    FROM payer JOIN price ON price.plan IS NOT DISTINCT FROM payer.plan
    GROUP BY payer.plan ORDER BY sum(cost) DESC, payer.plan NULLS LAST`;
}

export const loadPlans = async (db: Db, question: PlansQuestion) =>
  z.array(PlanRow).parse(await db.$queryRaw(plansSql(question)));

import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { StatementKey } from "./line-queries";
import type { StatementView } from "./schemas";

const columnOf: Record<StatementView, Prisma.Sql> = {
  account: Prisma.sql`account_id`,
  team: Prisma.sql`team`,
  feature: Prisma.sql`feature`,
};

const Group = z.object({
  key: z.string(),
  calls: z.bigint().transform(Number),
  costUsd: z.string(),
  correctionsUsd: z.string(),
  unpricedCalls: z.bigint().transform(Number),
});
export type StatementGroup = z.infer<typeof Group>;

/** A statement's lines by one tag; of one group of another tag, if `within` names one. Exact amounts, the dearest first. */
export async function groupLines(
  db: Db,
  { tenantId, month, revision }: StatementKey,
  by: StatementView,
  within: { by: StatementView; key: string } | null,
): Promise<StatementGroup[]> {
  const isWithin = within ? Prisma.sql`AND ${columnOf[within.by]} = ${within.key}` : Prisma.empty;
  const rows = await db.$queryRaw`
    SELECT ${columnOf[by]} AS key, coalesce(sum(calls) FILTER (WHERE kind = 'usage'), 0)::bigint AS calls,
      coalesce(sum(cost_usd) FILTER (WHERE kind = 'usage'), 0)::text AS "costUsd",
      coalesce(sum(cost_usd) FILTER (WHERE kind <> 'usage'), 0)::text AS "correctionsUsd",
      sum(unpriced_calls)::bigint AS "unpricedCalls"
    FROM statement_line
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND revision = ${revision} ${isWithin}
    GROUP BY 1 ORDER BY sum(cost_usd) DESC, ${columnOf[by]} COLLATE "C"`;
  return z.array(Group).parse(rows);
}

const Correction = z.object({
  kind: z.enum(["late", "price"]),
  ofMonth: z.string(),
  accountId: z.string(),
  team: z.string(),
  feature: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: z.bigint().transform(Number),
  costUsd: z.string(),
  unpricedCalls: z.bigint().transform(Number),
});
export type StatementCorrection = z.infer<typeof Correction>;

/** What a statement corrects of earlier months, line by line, the largest amounts first. */
export async function listCorrections(
  db: Db,
  { tenantId, month, revision }: StatementKey,
  limit: number,
): Promise<StatementCorrection[]> {
  const rows = await db.$queryRaw`
    SELECT kind, to_char(of_month, 'YYYY-MM') AS "ofMonth", account_id AS "accountId", team, feature, provider, model, calls,
      cost_usd::text AS "costUsd", unpriced_calls AS "unpricedCalls"
    FROM statement_line
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND revision = ${revision} AND kind <> 'usage'
    ORDER BY abs(cost_usd) DESC, n LIMIT ${limit}`;
  return z.array(Correction).parse(rows);
}

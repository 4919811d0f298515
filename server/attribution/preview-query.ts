import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { effectsOf, frozenSql, matchSql, type RuleTerms } from "./rule-query";
import { settableFields } from "./schemas";

export interface PreviewQuestion {
  tenantId: string;
  rule: RuleTerms;
  from: Date;
  to: Date;
  closed: readonly ClosedMonth[];
  limit: number;
}

const count = z.coerce.number().int();

const Total = z.object({
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
  frozenCalls: count,
  frozenCostUsd: z.string(),
});
export type PreviewTotal = z.infer<typeof Total>;

const Move = z.object({
  field: z.enum(settableFields),
  /** Null: the calls have none. */
  from: z.string().nullable(),
  to: z.string(),
  calls: count,
  costUsd: z.string(),
});
export type Move = z.infer<typeof Move>;

const hits = ({ tenantId, rule, from, to }: PreviewQuestion) => Prisma.sql`
  c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${from}::timestamptz AND c.occurred_at < ${to}::timestamptz
  AND ${matchSql(rule)}`;

export async function previewTotal(db: Db, question: PreviewQuestion): Promise<PreviewTotal> {
  const frozen = frozenSql(question.closed);
  const rows = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE NOT ${frozen}) AS calls,
      trim_scale(coalesce(sum(cost_usd) FILTER (WHERE NOT ${frozen}), 0))::text AS "costUsd",
      count(*) FILTER (WHERE cost_usd IS NULL AND NOT ${frozen}) AS "unpricedCalls",
      count(*) FILTER (WHERE ${frozen}) AS "frozenCalls",
      trim_scale(coalesce(sum(cost_usd) FILTER (WHERE ${frozen}), 0))::text AS "frozenCostUsd"
    FROM call c WHERE ${hits(question)}`;
  return z.tuple([Total]).parse(rows)[0];
}

/** What moves from which value to which, by field, the dearest first. */
export async function previewMoves(db: Db, question: PreviewQuestion): Promise<Move[]> {
  const effects = effectsOf(question.rule).map(
    ({ field, column, value, changes }) =>
      Prisma.sql`(${field}::text, c.${Prisma.raw(column)}, ${value}::text, ${changes("c")})`,
  );
  const rows = await db.$queryRaw`
    SELECT m.field, m.was AS "from", m.becomes AS "to", count(*) AS calls, trim_scale(coalesce(sum(c.cost_usd), 0))::text AS "costUsd"
    FROM call c, LATERAL (VALUES ${Prisma.join(effects)}) AS m(field, was, becomes, changes)
    WHERE ${hits(question)} AND NOT ${frozenSql(question.closed)} AND m.changes
    GROUP BY 1, 2, 3 ORDER BY coalesce(sum(c.cost_usd), 0) DESC, count(*) DESC, 1, 2 LIMIT ${question.limit}`;
  return z.array(Move).parse(rows);
}

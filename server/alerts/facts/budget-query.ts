import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Range } from "@/server/analytics/range";
import type { Grouping } from "@/server/analytics/schemas";
import { sourceSql } from "@/server/analytics/source-query";
import { budgetsInForce } from "@/server/budgets/queries";
import type { Budget, BudgetSubjectKind } from "@/server/budgets/schemas";
import type { Db } from "@/server/db";
import type { Scope } from "./series-query";

const column = { team: "team", feature: "feature", user: "user_id", account: "account_id", environment: "environment" } as const; // prettier-ignore
const Spent = z.object({ key: z.string(), spentUsd: z.string(), todayUsd: z.string(), unpricedCalls: z.number() }); // prettier-ignore
export type Spent = z.infer<typeof Spent>;

/** What subjects of one kind have spent in a range of whole days and in its last one. Who spent nothing has no row. */
export async function spentBy(
  db: Db,
  scope: Scope,
  kind: BudgetSubjectKind,
  keys: readonly string[],
  range: Range & { days: { first: string; last: string } },
): Promise<Spent[]> {
  const dimensions: Grouping[] = kind === "tenant" ? [] : [kind];
  const filter = kind === "tenant" ? {} : { [kind]: [...keys] };
  const source = sourceSql({ ...scope, range, dimensions, filter, granularity: "day", knownAt: null });
  const key = kind === "tenant" ? "''" : column[kind];
  const isToday = Prisma.sql`bucket = ${range.days.last}`;
  const rows = await db.$queryRaw`
    SELECT ${Prisma.raw(key)} AS key, trim_scale(sum(cost_usd))::text AS "spentUsd",
      trim_scale(coalesce(sum(cost_usd) FILTER (WHERE ${isToday}), 0))::text AS "todayUsd",
      sum(unpriced_calls)::float8 AS "unpricedCalls"
    FROM ${source} AS source GROUP BY 1`;
  return z.array(Spent).parse(rows);
}

export function budgetsAt(db: Db, tenantId: string, at: Date): Promise<Budget[]> {
  return budgetsInForce(db, tenantId, at);
}

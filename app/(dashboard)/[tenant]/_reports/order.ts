import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { type BreakdownInput, breakdownOrders, type Grouping } from "@/server/analytics/schemas";
import type { Scope } from "../_scope/scope";

/** What a table is ordered by, in the address. */
export const orderParams = { order: parseAsStringLiteral(breakdownOrders).withDefault("cost") };
export const loadOrder = createLoader(orderParams);

/** Rows that a table begins with, and grows by. */
export const pageRows = 50;

/** The question of a screen's table, asked alike by the page (to prefetch) and by its client parts. */
export function breakdownQuestion(
  scope: Scope,
  groupBy: Grouping,
  order: BreakdownInput["order"],
  limit = pageRows,
) {
  return { ...scope.compared, groupBy, order, limit } as const;
}

/** The question of a screen's chart: its groups over time, the dearest told apart. */
export function trendQuestion(scope: Scope, groupBy: Grouping | undefined, top = 8) {
  const { report, granularity } = scope;
  return {
    ...report,
    granularity,
    top,
    ...(groupBy ? { groupBy } : { compare: scope.compared.compare }),
  } as const;
}

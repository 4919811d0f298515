import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { type CacheInput, cacheOrders } from "@/server/analytics/cache/cache-schemas";
import { pageRows } from "../_reports/order";
import type { Scope, ScopeOffers } from "../_scope/scope";

export const cacheOffers: ScopeOffers = {
  groupBy: { options: ["feature", "model", "prompt", "team"], usual: "feature" },
};
type Offered = "feature" | "model" | "prompt" | "team";

export const cacheParams = { order: parseAsStringLiteral(cacheOrders).withDefault("saving") };
export const loadCacheParams = createLoader(cacheParams);

export function groupingOf({ groupBy }: Scope): Offered {
  return groupBy === "model" || groupBy === "prompt" || groupBy === "team" ? groupBy : "feature";
}

export function cacheQuestion(scope: Scope, order: CacheInput["order"], limit = pageRows) {
  return { ...scope.compared, groupBy: groupingOf(scope), order, limit } as const;
}

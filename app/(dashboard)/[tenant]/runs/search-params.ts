import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type RunOrder, runFilters, runOrders } from "@/server/analytics/runs-schemas";
import { scopeParams } from "../_scope/params";
import type { Scope, ScopeOffers, ScopeParams } from "../_scope/scope";
import { pageRows } from "../_reports/order";

/** Runs are kept by whose they are, not by the models and prompts in them. */
export const runsOffers: ScopeOffers = { tags: runFilters };

/** Besides the scope. */
export const runsParams = {
  order: parseAsStringLiteral(runOrders).withDefault("cost"),
  /** The run that is looked at; it stands in the query, for its id may hold anything, slashes too. */
  run: parseAsString,
};
export const loadRunsParams = createLoader(runsParams);

const serialize = createSerializer({ ...scopeParams, ...runsParams });

/** A run's own page, with the scope of the list that leads to it. */
export const runHref = (slug: string, run: string, params: Partial<ScopeParams>) =>
  serialize(`/${slug}/runs`, { ...params, run });

export const runsQuestion = ({ compared }: Scope, order: RunOrder, limit = pageRows) =>
  ({ ...compared, order, limit }) as const;

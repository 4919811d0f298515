import { createLoader, parseAsStringLiteral } from "nuqs/server";
import {
  marginGroupings,
  type MarginInput,
  marginOrders,
  marginShown,
} from "@/server/analytics/people/people-schemas";
import type { Scope, ScopeOffers } from "../../_scope/scope";

/** Whole days of everything: what somebody pays is for all that they use. */
export const marginOffers: ScopeOffers = { tags: [], compare: false };

export const marginParams = {
  by: parseAsStringLiteral(marginGroupings).withDefault("user"),
  show: parseAsStringLiteral(marginShown).withDefault("all"),
  order: parseAsStringLiteral(marginOrders).withDefault("loss"),
};
export const loadMarginParams = createLoader(marginParams);

export const marginRows = 50;
/** Asked alike by the page (to prefetch) and in the browser. */
export const marginQuestion = (
  { stretch }: Scope,
  choice: Pick<MarginInput, "by" | "show" | "order">,
  limit = marginRows,
) => ({ from: stretch.from, to: stretch.to, ...choice, limit });

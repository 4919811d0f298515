import { reportTags } from "../_scope/scope";
import type { ScopeOffers } from "../_scope/scope";

/** Causes of failures are not kept by user (server/analytics/errors/attempts-query.ts). */
export const errorsOffers: ScopeOffers = {
  tags: reportTags.filter((tag) => tag !== "user" && tag !== "account"),
};

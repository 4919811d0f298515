import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { longestLedgerDays } from "@/server/analytics/coverage-schemas";
import { policyTags } from "@/server/attribution/schemas";
import type { ScopeOffers } from "../_scope/scope";

/** Where calls come from is read off the ledger: whole days, and not more than it can be read for. */
export const coverageOffers: ScopeOffers = {
  ranges: ["today", "yesterday", "7d", "30d", "90d", "mtd", "last-month", "qtd"],
  mostDays: longestLedgerDays,
  tags: [],
  compare: false,
};

export const coverageParams = {
  /** Whose lack is listed by where it comes from. */
  tag: parseAsStringLiteral(policyTags).withDefault("feature").withOptions({ history: "push" }),
};

export const loadCoverageParams = createLoader(coverageParams);

import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { type Grain, grains } from "@/server/activity/schemas";
import type { Scope, ScopeOffers } from "../_scope/scope";

/** When people came: whole days, and of everything that they do. */
export const cohortsOffers: ScopeOffers = {
  ranges: ["12mo", "90d", "qtd", "mtd", "all"],
  mostDays: 800,
  tags: [],
  compare: false,
};

/** What the grid shows of those who came together. */
export const cohortViews = ["retention", "cost", "left"] as const;
export type CohortView = (typeof cohortViews)[number];

export const cohortsParams = {
  grain: parseAsStringLiteral(grains).withDefault("month"),
  show: parseAsStringLiteral(cohortViews).withDefault("retention"),
};
export const loadCohortsParams = createLoader(cohortsParams);

/** Asked alike by the page (to prefetch) and in the browser. */
export const cohortsQuestion = ({ stretch }: Scope, grain: Grain) => ({ ...stretch, grain });

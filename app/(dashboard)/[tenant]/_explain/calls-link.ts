import type { Figure } from "@/server/analytics/explain/explain-schemas";
import type { Grouping, ReportScope } from "@/server/analytics/schemas";
import { callsHref } from "../calls/search-params";
import { type FilterPart, withOnly } from "../_scope/filters";
import { partsOfFilter } from "../_scope/parts-of-filter";

export interface ExplainedGroup {
  by: Grouping;
  /** Null: calls without the tag. */
  key: string | null;
}

/** Which of the calls a figure counts, where it is not all of them. */
const narrower: Partial<Record<Figure, FilterPart>> = {
  unpricedCalls: { tag: "status", operator: "is", value: "unpriced" },
  unpricedTokens: { tag: "status", operator: "is", value: "unpriced" },
  partialCalls: { tag: "status", operator: "is", value: "partial" },
  estimatedCalls: { tag: "status", operator: "is", value: "estimated" },
  reportedCalls: { tag: "status", operator: "is", value: "reported" },
  errorCalls: { tag: "error", operator: "not", value: null },
  retryCalls: { tag: "attempt", operator: "is", value: "retry" },
  retryCostUsd: { tag: "attempt", operator: "is", value: "retry" },
};

/** The list of the very calls that a figure is about, the dearest first. */
export function callsBehind(
  slug: string,
  figure: Figure,
  { from, to, filter }: ReportScope,
  group?: ExplainedGroup,
): string {
  const asked = partsOfFilter(filter);
  const parts = group ? withOnly(asked, group.by, group.key) : asked;
  const narrowed = narrower[figure];
  return callsHref(slug, { from, to, parts: narrowed ? [...parts, narrowed] : parts, order: "dearest" });
}

import type { Grouping, SpendFilter } from "@/server/analytics/schemas";
import type { WindowsInput } from "@/server/analytics/windows/windows-schemas";
import { trendQuestion } from "../_reports/order";
import type { Scope } from "../_scope/scope";
import { withLead } from "./lead";

/** Rows that tell what drives a window; the rest is in its total and in the file. */
const topRows = 8;
const fastestRows = 4;

/** The windows by what the address says, the dearest in one of them first. */
export const windowsQuestion = ({ filter, groupBy }: Scope, order: WindowsInput["order"]) =>
  ({ groupBy: groupBy ?? "feature", filter, order, limit: topRows }) as const;

/** What of the windows bears no feature; null where the screen is narrowed to some. */
export function untaggedQuestion({ filter }: Scope) {
  if (filter.feature !== undefined) return null;
  const untagged: SpendFilter = { ...filter, feature: [null] };
  return { groupBy: "feature", filter: untagged, limit: 1 } as const;
}

export const growthQuestion = ({ filter }: Scope, groupBy: Grouping) =>
  ({ groupBy, filter, days: 7, limit: fastestRows }) as const;

/** What is drawn, and the same with the days before it that its average needs. */
export function spendQuestions(scope: Scope) {
  const shown = trendQuestion(scope, undefined);
  return { shown, ...withLead(shown) };
}

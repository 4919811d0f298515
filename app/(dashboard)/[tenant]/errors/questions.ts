import type { ReportScope } from "@/server/analytics/schemas";
import { type FilterPart, toSpendFilter } from "../_scope/filters";
import type { Scope } from "../_scope/scope";

const mostGroups = 50;
/** Any class of error. */
const failed: FilterPart = { tag: "error", operator: "not", value: null };

/** Chips for those calls of the scope that failed. */
export const failedParts = ({ parts }: Pick<Scope, "parts">): FilterPart[] => [...parts, failed];
/** The calls of the scope that failed, for any report. */
export const failedReport = (scope: Scope): ReportScope => ({
  ...scope.stretch,
  filter: toSpendFilter(failedParts(scope)),
});

/** The same with what is compared, for why their cost changed. What is not billed costs nothing, so it is the screen's figure. */
export const failedCompared = (scope: Scope) => ({
  ...failedReport(scope),
  compare: scope.compared.compare,
});

export const errorsQuestion = ({ compared }: Scope) => ({ ...compared, limit: mostGroups });

/** Failed calls over time, the dearest classes told apart. */
export const failuresTrendQuestion = (scope: Scope) =>
  ({ ...failedReport(scope), groupBy: "error", granularity: scope.granularity, top: 8 }) as const;

import type { Grouping } from "@/server/analytics/schemas";
import { breakdownQuestion } from "../_reports/order";
import type { Scope } from "../_scope/scope";

/** Models named as lacking a price; further ones are counted by their table. */
const mostUnpriced = 20;

/** What the charts tell, the dearest first, whatever the table is ordered by. */
export const dearestQuestion = (scope: Scope, groupBy: Grouping) => breakdownQuestion(scope, groupBy, "cost");

/** The models with the most calls that no amount includes. */
export const unpricedQuestion = ({ report }: Scope) =>
  ({ ...report, groupBy: "model", order: "unpriced", limit: mostUnpriced }) as const;

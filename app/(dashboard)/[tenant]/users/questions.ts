import { breakdownQuestion } from "../_reports/order";
import type { Scope } from "../_scope/scope";
import type { People } from "./offers";

/** How the cost is spread over people. */
export const spreadQuestion = (scope: Scope, by: People) => ({ ...scope.compared, by }) as const;

/** Who costs most, whatever the table is ordered by. */
export const dearestQuestion = (scope: Scope, by: People) => breakdownQuestion(scope, by, "cost");

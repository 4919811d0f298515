import { type BudgetSubject, budgetSubjectKinds } from "@/server/budgets/schemas";
import type { FilterPart } from "../../_scope/filters";

/**
 * Whose month is told on a screen narrowed to these parts: that of the one subject they name, otherwise everybody's. A
 * forecast is made of one subject as a whole, so of "not chat" or of two features there is none.
 */
export function subjectOfParts(parts: readonly FilterPart[]): BudgetSubject {
  const [part] = parts;
  const kind = budgetSubjectKinds.find((one) => one === part?.tag);
  const isOne = parts.length === 1 && part?.operator === "is" && part.value !== null && part.value !== "";
  return kind && isOne ? { kind, key: part.value ?? "" } : { kind: "tenant", key: "" };
}

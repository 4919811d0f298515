import { plural } from "@/app/_format/quantities";
import type { Budget } from "@/server/budgets/schemas";

/** How many budgets the gate enforces, and how. */
export function concludeGate(budgets: readonly Pick<Budget, "enforcement">[]): string {
  if (budgets.length === 0) return "Apps ask it before each call. With a budget it has something to keep.";
  const denying = budgets.filter(({ enforcement }) => enforcement === "deny").length;
  const asking = budgets.filter(({ enforcement }) => enforcement === "ask").length;
  const enforced = denying + asking;
  if (enforced === 0)
    return `Apps ask it before each call. It enforces none of ${plural(budgets.length, "budget")}: they only tell.`;
  const how = [
    denying > 0 && `${String(denying)} by refusing calls`,
    asking > 0 && `${String(asking)} by having them confirmed`,
  ].filter((part) => part !== false);
  return `Apps ask it before each call. It enforces ${String(enforced)} of ${plural(budgets.length, "budget")}: ${how.join(", ")}.`;
}

import { listBudgets } from "@/server/budgets/list";
import type { BudgetStatus } from "@/server/budgets/status";
import type { Ctx } from "@/server/context";
import type { ReviewFigures } from "./schemas";
import { keyShown } from "./take-incidents";

const shown = 20;

/** Whether a budget is worth a word: its lowest threshold was passed, or the forecast goes beyond it. */
export const isNear = ({ threshold, gapUsd }: Pick<BudgetStatus, "threshold" | "gapUsd">): boolean =>
  threshold !== null || (gapUsd !== null && Number(gapUsd) > 0);

/** The budgets of the running month that are near their amount, the nearest first. A day's are alerts, not reviews. */
export async function takeBudgets(ctx: Ctx): Promise<ReviewFigures["budgets"]> {
  const { budgets } = await listBudgets(ctx);
  const monthly = budgets.filter(({ budget }) => budget.period === "month");
  const near = monthly.filter(isNear);
  return {
    inForce: monthly.length,
    near: near.length,
    list: near.slice(0, shown).map(({ budget, ...status }) => ({
      id: budget.id,
      subjectKind: budget.subject.kind,
      subjectKey: keyShown(budget.subject),
      amountUsd: budget.amountUsd,
      usedUsd: status.usedUsd,
      usedShare: status.usedShare,
      unpricedCalls: status.unpricedCalls,
      forecastUsd: status.forecast?.expectedUsd ?? null,
      gapUsd: status.gapUsd,
      passedOn: status.passedOn,
    })),
  };
}

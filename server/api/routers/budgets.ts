import { allowed, router } from "@/server/api/trpc";
import { endBudget } from "@/server/budgets/end";
import { forecastSubject } from "@/server/budgets/forecast";
import { ForecastInput } from "@/server/budgets/forecast-schemas";
import { budgetHistory } from "@/server/budgets/history";
import { listBudgets } from "@/server/budgets/list";
import { BudgetInput, SetBudgetInput } from "@/server/budgets/schemas";
import { setBudget } from "@/server/budgets/set";

export const budgetsRouter = router({
  list: allowed("budgets:read").query(({ ctx }) => listBudgets(ctx)),
  history: allowed("budgets:read")
    .input(BudgetInput)
    .query(({ ctx, input }) => budgetHistory(ctx, input)),
  forecast: allowed("budgets:read")
    .input(ForecastInput)
    .query(({ ctx, input }) => forecastSubject(ctx, input)),
  set: allowed("budgets:write")
    .input(SetBudgetInput)
    .mutation(({ ctx, input }) => setBudget(ctx, input)),
  end: allowed("budgets:write")
    .input(BudgetInput)
    .mutation(({ ctx, input }) => endBudget(ctx, input)),
});

import { z } from "zod";
import { listBudgets } from "@/server/budgets/list";
import type { BudgetStatus } from "@/server/budgets/status";
import { type Column, defineTable, number, text } from "./table";

/** budgets.list: the budgets in force and how each stands, the nearest to its amount first. */
export const budgetsTable = defineTable({
  right: "budgets:read",
  input: z.strictObject({}),
  columns: (): Column<BudgetStatus>[] => [
    text("subjectKind", ({ budget }) => budget.subject.kind),
    text("subjectKey", ({ budget }) => budget.subject.key),
    text("period", ({ budget }) => budget.period),
    text("first", ({ period }) => period.first),
    text("last", ({ period }) => period.last),
    number("amountUsd", ({ budget }) => budget.amountUsd),
    number("usedUsd", ({ usedUsd }) => usedUsd),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
    number("usedShare", ({ usedShare }) => usedShare),
    number("threshold", ({ threshold }) => threshold),
    text("forecastMethod", ({ forecast }) => forecast?.method ?? null),
    number("expectedUsd", ({ forecast }) => forecast?.expectedUsd ?? null),
    number("lowUsd", ({ forecast }) => forecast?.lowUsd ?? null),
    number("highUsd", ({ forecast }) => forecast?.highUsd ?? null),
    number("gapUsd", ({ gapUsd }) => gapUsd),
    text("passedOn", ({ passedOn }) => passedOn),
    number("pastError", ({ pastError }) => pastError?.weekdayAware ?? null),
    number("burnRateError", ({ pastError }) => pastError?.burnRate ?? null),
    text("ownerId", ({ budget }) => budget.ownerId),
    text("enforcement", ({ budget }) => budget.enforcement),
    text("note", ({ budget }) => budget.note),
    text("since", ({ budget }) => budget.validFrom.toISOString()),
  ],
  async *pages(ctx) {
    const { budgets, month, watermark } = await listBudgets(ctx);
    yield { rows: budgets, from: month.from, to: month.to, watermark };
  },
});

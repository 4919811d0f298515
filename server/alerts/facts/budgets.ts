import type { Budget, BudgetSubject } from "@/server/budgets/schemas";
import type { Db } from "@/server/db";
import type { BudgetFacts } from "../rules/budget";
import { type Spent, spentBy } from "./budget-query";
import type { Scope } from "./series-query";
import { monthOf } from "./stretches";

const nothingSpent = { spentUsd: "0", todayUsd: "0", unpricedCalls: 0 };
const nameOf = ({ kind, key }: BudgetSubject) => JSON.stringify([kind, key]);

/**
 * What each budget's subject has spent at an instant, by one query for each kind of subject.
 * @param forecasts of the month's end, USD as decimal strings, by the budget's id
 */
export async function loadBudgets(
  db: Db,
  scope: Scope,
  budgets: readonly Budget[],
  at: Date,
  forecasts: ReadonlyMap<string, string>,
): Promise<BudgetFacts[]> {
  if (budgets.length === 0) return [];
  // Of midnight, the day and the month that have just ended.
  const month = monthOf(new Date(at.getTime() - 1), scope.timeZone);
  const days = { from: month.from, to: month.today.to, days: month.days };
  const kinds = [...new Set(budgets.map(({ subject }) => subject.kind))];
  const spent = new Map<string, Spent>();
  for (const kind of kinds) {
    const ofKind = budgets.filter(({ subject }) => subject.kind === kind);
    const keys = [...new Set(ofKind.map(({ subject }) => subject.key))];
    for (const row of await spentBy(db, scope, kind, keys, days))
      spent.set(nameOf({ kind, key: row.key }), row);
  }
  const daily = new Set(
    budgets.filter(({ period }) => period === "day").map(({ subject }) => nameOf(subject)),
  );
  return budgets.map(({ id, subject, period, amountUsd, thresholds }) => {
    const { spentUsd, todayUsd, unpricedCalls } = spent.get(nameOf(subject)) ?? nothingSpent;
    return {
      subject,
      period,
      amountUsd,
      thresholds,
      from: month.from,
      to: month.to,
      spentUsd,
      unpricedCalls,
      today: { from: month.today.from, to: month.today.to, spentUsd: todayUsd },
      daysInMonth: month.daysInMonth,
      forecastUsd: forecasts.get(id) ?? null,
      hasDaily: daily.has(nameOf(subject)),
    };
  });
}

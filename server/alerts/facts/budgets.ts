import type { Budget, BudgetSubject } from "@/server/budgets/schemas";
import { type DailyCost, dailyCosts } from "@/server/budgets/spent-query";
import { usedIn } from "@/server/budgets/status";
import type { Db } from "@/server/db";
import { usdText } from "@/server/prices/decimal";
import type { BudgetFacts } from "../rules/budget";
import type { Scope } from "./series-query";
import { monthOf } from "./stretches";

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
  const kinds = [...new Set(budgets.map(({ subject }) => subject.kind))];
  const spent = new Map<string, DailyCost>();
  for (const kind of kinds) {
    const ofKind = budgets.filter(({ subject }) => subject.kind === kind);
    const keys = [...new Set(ofKind.map(({ subject }) => subject.key))];
    const costs = await dailyCosts(db, { ...scope, kind, keys }, month.days.first, month.days.last);
    for (const [key, daily] of costs) spent.set(nameOf({ kind, key }), daily);
  }
  const withDaily = new Set(
    budgets.filter(({ period }) => period === "day").map(({ subject }) => nameOf(subject)),
  );
  return budgets.map(({ id, subject, period, amountUsd, thresholds }) => {
    const daily = spent.get(nameOf(subject));
    const costs = daily && { daily, history: null };
    const used = usedIn(costs, month.days);
    const today = usedIn(costs, { first: month.today.day, last: month.today.day });
    return {
      subject,
      period,
      amountUsd,
      thresholds,
      from: month.from,
      to: month.to,
      monthBefore: month.before,
      spentUsd: usdText(used.usd),
      unpricedCalls: used.unpricedCalls,
      today: {
        from: month.today.from,
        to: month.today.to,
        dayBefore: month.today.before,
        spentUsd: usdText(today.usd),
      },
      daysInMonth: month.daysInMonth,
      forecastUsd: forecasts.get(id) ?? null,
      hasDaily: withDaily.has(nameOf(subject)),
    };
  });
}

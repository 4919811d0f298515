import { addDays, type LocalDay, startOfDay, daysBetween } from "@/server/calendar/local-day";
import { firstOfMonth, lastOfMonth } from "@/server/calendar/month";
import { type CostHistory, daysLeft, type Period, spentIn } from "@/server/forecast/costs";
import type { ForecastMethod, ForecastReason } from "@/server/forecast/forecast";
import { expectedRest, fewestDays, foretell, learn } from "@/server/forecast/weekday-aware";
import { burnRate } from "@/server/forecast/burn-rate";
import { meanErrors } from "@/server/forecast/backtest";
import type { Learned } from "@/server/forecast/level";
import { Usd, usdText } from "@/server/prices/decimal";
import { shareOf } from "@/server/analytics/share-of";
import type { Budget, BudgetPeriod } from "./schemas";
import type { SubjectCosts } from "./histories";

/** A forecast as it is shown: USD to the cent, for no more of it is known. */
export interface ToldForecast {
  method: ForecastMethod;
  reason: ForecastReason | null;
  expectedUsd: string;
  lowUsd: string;
  highUsd: string;
}

export interface BudgetStatus {
  budget: Budget;
  /** The running month or day, inclusive local days, and its instants (`to` exclusive). */
  period: { first: LocalDay; last: LocalDay; from: string; to: string };
  /** Decimal string, USD, as exact as the ledger. Calls without a price are not in it. */
  usedUsd: string;
  unpricedCalls: number;
  /** Of the amount: "0.5" is half, more than "1" is beyond it. */
  usedShare: string;
  /** The highest threshold passed, in per cent; null: none yet. */
  threshold: number | null;
  forecast: ToldForecast | null;
  /** Why there is no forecast. */
  reason: ForecastReason | null;
  /** Forecast less amount; null without a forecast. */
  gapUsd: string | null;
  /** The day on which the amount was passed, or will be if it goes on as expected; null: not in this period. */
  passedOn: LocalDay | null;
  /** How far forecasts of this subject two weeks ahead were off, in parts of the cost: "0.12". Null: none has come due. */
  pastError: { days: number; weekdayAware: string; burnRate: string } | null;
}

/** Days ahead that the error beside a budget is of: half a month, as far as most of its forecasts look. */
export const errorHorizon = 14;

const cents = (usd: number) => new Usd(usd).toDecimalPlaces(2).toFixed(2);
const parts = (share: number) => new Usd(share).toDecimalPlaces(4).toFixed();

/** The local days of the running month or day. */
export function periodOf(today: LocalDay, period: BudgetPeriod): Period {
  if (period === "day") return { first: today, last: today };
  return { first: firstOfMonth(today), last: lastOfMonth(today) };
}

/** A period with its first instant and the one after its last. */
export function instantsOf(days: Period, timeZone: string): BudgetStatus["period"] {
  return {
    ...days,
    from: startOfDay(days.first, timeZone).toISOString(),
    to: startOfDay(addDays(days.last, 1), timeZone).toISOString(),
  };
}

/** What a subject's days in a period have cost, exactly. */
export function usedIn(
  costs: SubjectCosts | undefined,
  { first, last }: Period,
): { usd: Usd; unpricedCalls: number } {
  let [usd, unpricedCalls] = [new Usd(0), 0];
  costs?.daily.days.forEach((day, at) => {
    if (day < first || day > last) return;
    usd = usd.plus(costs.daily.exactUsd[at] ?? 0);
    unpricedCalls += costs.daily.unpricedCalls[at] ?? 0;
  });
  return { usd, unpricedCalls };
}

/** The highest threshold that was reached, in per cent of the amount. */
export function thresholdPassed(budget: Pick<Budget, "amountUsd" | "thresholds">, used: Usd): number | null {
  const passed = budget.thresholds.filter((per) => used.times(100).gte(new Usd(budget.amountUsd).times(per)));
  return passed.length === 0 ? null : Math.max(...passed);
}

/** The first day of the period by whose end the cost is more than the amount. */
function dayOver(history: CostHistory, period: Period, amountUsd: number, learned: Learned): LocalDay | null {
  let spent = 0;
  const left = daysLeft(history, period);
  const until = left[0] ?? addDays(period.last, 1);
  for (let day = period.first; day < until; day = addDays(day, 1)) {
    spent += history.past[daysBetween(history.first, day)] ?? 0;
    if (spent > amountUsd) return day;
  }
  for (const last of left) {
    const upTo = { first: period.first, last };
    const rest =
      history.past.length < fewestDays
        ? (burnRate(history, upTo)?.expectedUsd ?? 0) - spentIn(history, upTo)
        : expectedRest(history, upTo, learned);
    if (spentIn(history, upTo) + rest > amountUsd) return last;
  }
  return null;
}

/** How a budget stands at a moment of its running period. */
export function statusOf(
  budget: Budget,
  costs: SubjectCosts | undefined,
  { today, timeZone, withPastError }: { today: LocalDay; timeZone: string; withPastError: boolean },
): BudgetStatus {
  const days = periodOf(today, budget.period);
  const used = usedIn(costs, days);
  const amount = new Usd(budget.amountUsd);
  const history = costs?.history ?? null;
  const learned = history && learn(history);
  const told = history && learned ? foretell(history, days, learned) : { forecast: null, reason: "no-cost-yet" as const }; // prettier-ignore
  const { forecast } = told;
  const errors = withPastError && history && learned ? meanErrors(history, errorHorizon, learned) : null;
  return {
    budget,
    period: instantsOf(days, timeZone),
    usedUsd: usdText(used.usd),
    unpricedCalls: used.unpricedCalls,
    usedShare: shareOf(used.usd.toFixed(), amount.toFixed()) ?? "0",
    threshold: thresholdPassed(budget, used.usd),
    forecast: forecast && {
      method: forecast.method,
      reason: forecast.reason,
      expectedUsd: cents(forecast.expectedUsd),
      lowUsd: cents(forecast.lowUsd),
      highUsd: cents(forecast.highUsd),
    },
    reason: told.reason,
    gapUsd: forecast && new Usd(cents(forecast.expectedUsd)).minus(amount).toFixed(),
    passedOn: history && learned ? dayOver(history, days, amount.toNumber(), learned) : null,
    pastError:
      errors?.weekdayAware == null || errors.burnRate === null
        ? null
        : { days: errorHorizon, weekdayAware: parts(errors.weekdayAware), burnRate: parts(errors.burnRate) },
  };
}

import type { BudgetSubject } from "@/server/budgets/schemas";
import { Usd, usdText } from "@/server/prices/decimal";
import { dollars, type Finding, percent } from "../finding";
import type { Params } from "../schemas";

/** A budget in force and what its subject has spent. Amounts are USD, decimal strings. */
export interface BudgetFacts {
  subject: BudgetSubject;
  period: "month" | "day";
  amountUsd: string;
  /** Per cent, ascending. */
  thresholds: readonly number[];
  /** Of the running month, and where the one before it began. */
  from: Date;
  to: Date;
  monthBefore: Date;
  spentUsd: string;
  unpricedCalls: number;
  /** Of the running local day, and how many days the month has. */
  today: { from: Date; to: Date; dayBefore: Date; spentUsd: string };
  daysInMonth: number;
  /** Of the month's end, by level and weekday; null: there is none, or it rests on less than two weeks. */
  forecastUsd: string | null;
  /** A day has a budget of its own besides. */
  hasDaily: boolean;
}

export const nameOf = ({ kind, key }: BudgetSubject): string =>
  kind === "tenant"
    ? "The organisation"
    : kind === "feature"
      ? key
      : `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)} ${key}`;
const unpriced = (calls: number) => (calls === 0 ? "" : ` ${String(calls)} unpriced calls are not in it.`);
const severityOf = (level: number) => (level >= 100 ? "critical" : level >= 90 ? "warning" : "info");

/** The highest threshold that the month has passed. @param at now */
export function budget({
  subject,
  period,
  amountUsd,
  thresholds,
  from,
  to,
  monthBefore,
  spentUsd,
  unpricedCalls,
}: BudgetFacts): Finding | null {
  if (period !== "month") return null;
  const [amount, spent] = [new Usd(amountUsd), new Usd(spentUsd)];
  const level = thresholds.filter((threshold) => spent.times(100).gte(amount.times(threshold))).at(-1);
  if (level === undefined) return null;
  return {
    rule: "budget",
    subject,
    severity: severityOf(level),
    window: { from, to },
    compare: { from: monthBefore, to: from },
    unit: "usd",
    expected: usdText(amount),
    actual: usdText(spent),
    impactUsd: spent.gt(amount) ? usdText(spent.minus(amount)) : null,
    monthEndUsd: null,
    level,
    basis: "provisional",
    sentence: `${nameOf(subject)} has used ${percent(spent.div(amount).toNumber())} of this month's budget: ${dollars(spent)} of ${dollars(amount)}.${unpriced(unpricedCalls)}`,
    params: {},
    callIds: [],
  };
}

/** The running day against its own budget or, without one, its part of the month's. @param at now */
export function dailyPace(
  { subject, period, amountUsd, thresholds, today, daysInMonth, hasDaily, unpricedCalls }: BudgetFacts,
  params: Params<"daily-pace">,
): Finding | null {
  const isOwn = period === "day";
  if (!isOwn && hasDaily) return null;
  const spent = new Usd(today.spentUsd);
  const amount = isOwn
    ? new Usd(amountUsd)
    : new Usd(amountUsd)
        .times(params.ratio)
        .div(100 * daysInMonth)
        .toDecimalPlaces(6);
  const level = isOwn
    ? thresholds.filter((threshold) => spent.times(100).gte(amount.times(threshold))).at(-1)
    : undefined;
  const isFound = isOwn ? level !== undefined : spent.gt(amount) && spent.minus(amount).gte(params.minUsd);
  if (!isFound) return null;
  return {
    rule: "daily-pace",
    subject,
    severity: isOwn && level !== undefined ? severityOf(level) : "info",
    window: { from: today.from, to: today.to },
    compare: { from: today.dayBefore, to: today.from },
    unit: "usd",
    expected: usdText(amount),
    actual: usdText(spent),
    impactUsd: spent.gt(amount) ? usdText(spent.minus(amount)) : null,
    monthEndUsd: null,
    level: level ?? null,
    basis: "provisional",
    sentence: isOwn
      ? `${nameOf(subject)} has used ${percent(spent.div(amount).toNumber())} of today's budget: ${dollars(spent)} of ${dollars(amount)}.${unpriced(unpricedCalls)}`
      : `${nameOf(subject)} has cost ${dollars(spent)} today; the month's budget allows ${dollars(amount)} a day.`,
    params: { ...params },
    callIds: [],
  };
}

/** The month's forecast end against its budget. @param at now */
export function forecast(
  { subject, period, amountUsd, from, to, monthBefore, forecastUsd }: BudgetFacts,
  params: Params<"forecast">,
): Finding | null {
  if (period !== "month" || forecastUsd === null) return null;
  const [amount, expected] = [new Usd(amountUsd), new Usd(forecastUsd)];
  const over = expected.minus(amount);
  if (!expected.gt(amount.times(100 + params.over).div(100)) || over.lt(params.minUsd)) return null;
  return {
    rule: "forecast",
    subject,
    severity: "warning",
    window: { from, to },
    compare: { from: monthBefore, to: from },
    unit: "usd",
    expected: usdText(amount),
    actual: usdText(expected.toDecimalPlaces(6)),
    impactUsd: usdText(over.toDecimalPlaces(6)),
    monthEndUsd: usdText(over.toDecimalPlaces(6)),
    level: null,
    basis: "final",
    sentence: `${nameOf(subject)} is forecast to end the month at ${dollars(expected.toDecimalPlaces(2))}, ${percent(over.div(amount).toNumber())} above its budget of ${dollars(amount)}.`,
    params: { ...params },
    callIds: [],
  };
}

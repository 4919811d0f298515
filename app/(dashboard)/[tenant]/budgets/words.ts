import { formatDay, formatMonth } from "@/app/_format/dates";
import type { BudgetPeriod, BudgetSubject, BudgetSubjectKind } from "@/server/budgets/schemas";
import type { ForecastReason } from "@/server/forecast/forecast";

export const kindLabels = {
  tenant: "Organisation",
  team: "Team",
  feature: "Feature",
  user: "User",
  account: "Account",
  environment: "Environment",
} as const satisfies Record<BudgetSubjectKind, string>;

export const subjectName = ({ kind, key }: BudgetSubject): string =>
  kind === "tenant" ? "The organisation" : key;

export const periodWords = { month: "a month", day: "a day" } as const satisfies Record<BudgetPeriod, string>;

/** Why there is no forecast, or only a rough one. */
export const reasonWords = {
  "no-cost-yet": "Nothing was spent yet.",
  "less-than-a-day": "It began today; from tomorrow on there is a forecast.",
  "less-than-two-weeks":
    "Less than two whole weeks are known: at the present rate, without a rhythm of the week.",
} as const satisfies Record<ForecastReason, string>;

/** What the gate does to a call that would exceed a budget. */
export const enforcementWords = {
  none: "Let every call through",
  ask: "Ask the app to confirm a call beyond it",
  deny: "Refuse calls beyond it",
} as const;

/** The same in a word or two, of the budget. */
export const gateWords = {
  none: "only tells",
  ask: "has calls confirmed",
  deny: "refuses calls",
} as const satisfies Record<keyof typeof enforcementWords, string>;

/** "November 2026" of a period that is a month, its days otherwise. */
export function periodName({ first, last }: { first: string; last: string }): string {
  const isMonth = first.endsWith("-01") && last.slice(0, 7) === first.slice(0, 7) && last.slice(8) >= "28";
  if (isMonth) return formatMonth(first.slice(0, 7));
  return first === last ? formatDay(first) : `${formatDay(first)} – ${formatDay(last)}`;
}

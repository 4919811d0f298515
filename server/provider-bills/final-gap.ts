import { addDays, localDay } from "@/server/calendar/local-day";
import { Usd, usdText } from "@/server/prices/decimal";
import type { ComparedMonth } from "./figures";
import { type Cause, causes, daysReadAgain } from "./schemas";

/** Bill against ledger over the days of a month whose bill is final. Amounts are USD, decimal strings. */
export interface FinalGap {
  days: number;
  /** UTC days. */
  firstDay: string;
  lastDay: string;
  billUsd: string;
  ledgerUsd: string;
  byCause: Record<Cause, string>;
}

/** Null: no day is final yet. */
export function finalGapOf({ days }: Pick<ComparedMonth, "days">): FinalGap | null {
  const final = days.filter(({ state }) => state === "final");
  const [first, last] = [final[0], final.at(-1)];
  if (!first || !last) return null;
  const sum = (amounts: (string | null)[]) =>
    usdText(amounts.reduce((total, usd) => total.plus(usd ?? "0"), new Usd(0)));
  const of = (cause: Cause) =>
    sum(final.flatMap((day) => day.causes.filter((one) => one.cause === cause).map(({ usd }) => usd)));
  return {
    days: final.length,
    firstDay: first.day,
    lastDay: last.day,
    billUsd: sum(final.map(({ billUsd }) => billUsd)),
    ledgerUsd: sum(final.map(({ ledgerUsd }) => ledgerUsd)),
    byCause: Object.fromEntries(causes.map((cause) => [cause, of(cause)])) as Record<Cause, string>,
  };
}

/** The UTC months that a read may have said something new of, the oldest first. */
export function monthsRead(now: Date): string[] {
  const today = localDay(now, "UTC");
  const days = Array.from({ length: daysReadAgain }, (_, back) => addDays(today, back - daysReadAgain));
  return [...new Set(days.map((day) => day.slice(0, 7)))];
}

import { Decimal } from "decimal.js";
import { formatMonth } from "@/app/_format/dates";
import { formatTotal } from "@/app/_format/money";

const dayMs = 86_400_000;

/**
 * An amount to begin with: what last month cost, of a day its mean, rounded up to two digits that one can remember.
 * @param month first day of it and of the next
 */
export function suggestionOf(
  lastUsd: string,
  period: "month" | "day",
  month: { from: string; to: string },
): { amount: string; words: string } {
  const days = Math.round((Date.parse(month.to) - Date.parse(month.from)) / dayMs);
  const usual = period === "month" ? new Decimal(lastUsd) : new Decimal(lastUsd).div(days);
  const rounded = usual.toSignificantDigits(2, Decimal.ROUND_UP).toDecimalPlaces(2, Decimal.ROUND_UP);
  const cost = formatTotal(usual.toDecimalPlaces(18).toFixed());
  const words =
    period === "month"
      ? `${formatMonth(month.from.slice(0, 7))} cost ${cost}.`
      : `A day of ${formatMonth(month.from.slice(0, 7))} cost ${cost} on average.`;
  return { amount: rounded.toFixed(), words };
}

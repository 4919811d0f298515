import { formatTotal, formatTotalChange, formatUnitCost } from "@/app/_format/money";
import type { WhyMeasure } from "@/server/analytics/why-schemas";

/** The measure itself: a total, or what a call costs. */
export function amountWords(usd: string, measure: WhyMeasure): string {
  return measure === "cost" ? formatTotal(usd) : formatUnitCost(usd);
}

/** A part of its change, always with a sign. */
export function changeWords(usd: string, measure: WhyMeasure): string {
  if (measure === "cost") return formatTotalChange(usd);
  const words = formatUnitCost(usd);
  return words.startsWith("−") ? words : `+${words}`;
}

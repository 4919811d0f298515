import { formatTotal, subtractUsd, toGeometry } from "@/app/_format/money";
import type { SubjectForecast } from "@/server/budgets/forecast";
import { periodName } from "../words";

type Told = Pick<SubjectForecast, "usedUsd" | "forecast" | "period"> & {
  budgets: readonly Pick<SubjectForecast["budgets"][number], "amountUsd" | "period">[];
};

/** The month's budget of the subject in USD; null: it has none. */
export const monthlyAmount = ({ budgets }: Pick<Told, "budgets">): string | null =>
  budgets.find(({ period }) => period === "month")?.amountUsd ?? null;

/** Forecast against budget: "$20.00 too much" or "$30.00 to spare". */
export function gapWords(expectedUsd: string, amountUsd: string): { isOver: boolean; words: string } {
  const gap = subtractUsd(expectedUsd, amountUsd);
  return toGeometry(gap) > 0
    ? { isOver: true, words: `${formatTotal(gap)} too much` }
    : { isOver: false, words: `${formatTotal(subtractUsd(amountUsd, expectedUsd))} to spare` };
}

/** How the month will end, in a sentence. */
export function outlook(told: Told): string {
  const { usedUsd, forecast, period } = told;
  const amountUsd = monthlyAmount(told);
  const name = periodName(period);
  const of = amountUsd === null ? "" : ` of a budget of ${formatTotal(amountUsd)}`;
  const spent = `${formatTotal(usedUsd)}${of} spent so far in ${name}`;
  if (!forecast) return `${spent}.`;
  const { expectedUsd, lowUsd, highUsd } = forecast;
  const about = `about ${formatTotal(expectedUsd)} by its end, in four of five cases ${formatTotal(lowUsd)} to ${formatTotal(highUsd)}`;
  if (amountUsd === null) return `${spent}; ${about}.`;
  return `${spent}; ${about}: ${gapWords(expectedUsd, amountUsd).words}.`;
}

import { formatDay, formatDate } from "@/app/_format/dates";
import { changeOf, compareUsd, formatTotal } from "@/app/_format/money";
import { formatChange, formatShare, plural } from "@/app/_format/quantities";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { ReviewFigures, ReviewStep } from "@/server/weekly-review/schemas";

type Facts = Pick<ReviewFigures, "from" | "to" | "firstCallAt" | "spend" | "growth" | "calls" | "incidents" | "budgets" | "gaps">; // prettier-ignore

function spendSentence({ spend, from, firstCallAt }: Facts, timeZone: string): string {
  const { costUsd, previous, forecast } = spend;
  const fraction = previous && changeOf(costUsd, previous.costUsd);
  const before = addDays(localDay(new Date(from), timeZone), -7);
  const partly =
    previous && localDay(new Date(firstCallAt), timeZone) > before
      ? ` Of the week before only what came from ${formatDate(firstCallAt, timeZone)} on is known.`
      : "";
  const change =
    previous === null
      ? "there was no week before to compare with."
      : `${fraction === null ? "" : `${formatChange(fraction)} `}against ${formatTotal(previous.costUsd)} the week before.`;
  const against = forecast && againstForecast(costUsd, forecast);
  const corrected =
    spend.correctionsUsd === null
      ? ""
      : ` Corrections of closed months, ${formatTotal(spend.correctionsUsd)}, were booked besides.`;
  const unpriced =
    spend.unpricedCalls === 0
      ? ""
      : ` ${plural(spend.unpricedCalls, "call")} without a price ${spend.unpricedCalls === 1 ? "is" : "are"} not in it.`;
  return `${formatTotal(costUsd)}: ${change}${partly}${against ? ` ${against}` : " Too little is known of the days before for a forecast."}${unpriced}${corrected}`;
}

/** Where the week came to lie in what was expected of it. */
function againstForecast(
  costUsd: string,
  { expectedUsd, lowUsd, highUsd }: NonNullable<ReviewFigures["spend"]["forecast"]>,
): string {
  const where =
    compareUsd(costUsd, highUsd) > 0 ? "more than" : compareUsd(costUsd, lowUsd) < 0 ? "less than" : "within";
  return `That is ${where} what was to be expected: ${formatTotal(lowUsd)} to ${formatTotal(highUsd)}, about ${formatTotal(expectedUsd)}.`;
} // prettier-ignore

const named = (key: string | null, of: string) => key ?? `calls without a ${of}`;

function growthSentence({ growth }: Facts): string {
  const [feature] = growth.features;
  const [team] = growth.teams;
  if (!feature && !team) return "No feature and no team grew by an amount that matters.";
  const told = [
    feature && `the feature ${named(feature.key, "feature")}`,
    team && `the team ${named(team.key, "team")}`,
  ].filter((one) => one !== undefined);
  return `Fastest grew ${told.join(" and ")}.`;
}

function callsSentence({ calls }: Facts): string {
  if (calls.length === 0) return "No call with a price.";
  const far = calls.filter(({ isOutlier }) => isOutlier).length;
  return far === 0
    ? "None of them is far beyond the median of its feature."
    : `${plural(far, "of them costs", "of them cost")} more than ten times the median of its feature.`;
}

function incidentsSentence({ incidents: { opened, resolved, unresolved } }: Facts): string {
  if (opened + resolved + unresolved === 0) return "None were opened, and none is open.";
  return `${plural(opened, "incident")} opened in the week, ${String(resolved)} resolved in it, ${String(unresolved)} not resolved when this was taken.`;
}

function budgetsSentence({ budgets: { inForce, near } }: Facts): string {
  if (inForce === 0) return "No budget of a month was in force.";
  if (near === 0) return `None of ${plural(inForce, "budget")} had passed a threshold or was forecast beyond its amount.`;
  return `${String(near)} of ${plural(inForce, "budget")} had passed a threshold, or will exceed the amount by the month's end.`;
} // prettier-ignore

function gapsSentence({ gaps, to }: Facts): string {
  const unpriced = gaps.unpricedCalls === 0 ? "Every call has a price" : `${plural(gaps.unpricedCalls, "call")} without a price ${gaps.unpricedCalls === 1 ? "is" : "are"} in no amount`;
  const share =
    gaps.unattributedShare === null
      ? "no tag is asked for"
      : `${formatShare(Number(gaps.unattributedShare))} of the cost is unattributed`;
  const final = gaps.finalThrough >= to ? "the week was final" : "late calls could still change the week";
  return `${unpriced}, ${share}, and ${final} when this was taken.`;
} // prettier-ignore

/** Each step in a sentence. */
export function conclude(step: ReviewStep, figures: Facts, timeZone: string): string {
  switch (step) {
    case "spend":
      return spendSentence(figures, timeZone);
    case "growth":
      return growthSentence(figures);
    case "calls":
      return callsSentence(figures);
    case "incidents":
      return incidentsSentence(figures);
    case "budgets":
      return budgetsSentence(figures);
    case "gaps":
      return gapsSentence(figures);
  }
}

/** "Nov 1 – Nov 30" is what the month is called beside its forecast. */
export function monthSentence({ month }: ReviewFigures["spend"]): string {
  const budget = month.budgetUsd === null ? "" : ` of a budget of ${formatTotal(month.budgetUsd)}`;
  const end = month.forecast
    ? `; about ${formatTotal(month.forecast.expectedUsd)} by ${formatDay(month.last)}, in four of five cases ${formatTotal(month.forecast.lowUsd)} to ${formatTotal(month.forecast.highUsd)}`
    : "";
  return `The month since ${formatDay(month.first)}: ${formatTotal(month.usedUsd)}${budget}${end}.`;
}

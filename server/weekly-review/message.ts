import { changeInWords, figureInWords, usdChangeInWords, usdInWords } from "@/server/delivery/figures";
import type { Sender } from "@/server/delivery/incident-message";
import type { Message } from "@/server/delivery/schemas";
import type { ReviewFigures } from "./schemas";

/** What a message needs of a review. */
export interface Told {
  week: string;
  takenAt: Date;
  figures: ReviewFigures;
}

const day = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short", year: "numeric" }).format(at);
const moment = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
const plural = (count: number, one: string) => `${String(count)} ${one}${count === 1 ? "" : "s"}`;

/** "The week cost $1,204.11, +12.4 % against the week before ($1,071.30). …" */
function sentences({ spend }: ReviewFigures): string {
  const { costUsd, previous, forecast, unpricedCalls } = spend;
  const change = previous && changeInWords(previous.costUsd, costUsd);
  const against = previous ? `, ${change === null ? "" : `${change} `}against the week before (${usdInWords(previous.costUsd)})` : ""; // prettier-ignore
  const expected = forecast ? ` Expected were ${usdInWords(forecast.expectedUsd)}, in four of five cases ${usdInWords(forecast.lowUsd)} to ${usdInWords(forecast.highUsd)}.` : ""; // prettier-ignore
  const lacks = unpricedCalls > 0 ? ` ${plural(unpricedCalls, "call")} without a price ${unpricedCalls === 1 ? "is" : "are"} not in it.` : ""; // prettier-ignore
  return `The week cost ${usdInWords(costUsd)}${against}.${expected}${lacks}`;
}

function fieldsOf({ growth, calls, incidents, budgets, gaps }: ReviewFigures): Message["fields"] {
  const grown = ({ key, changeUsd, previousUsd, costUsd, isNew }: ReviewFigures["growth"]["teams"][number]) =>
    `${key ?? "without one"}: ${usdChangeInWords(changeUsd)} (${isNew ? "new" : (changeInWords(previousUsd, costUsd) ?? "from nothing")})`;
  const [feature] = growth.features;
  const [team] = growth.teams;
  const [call] = calls;
  return [
    feature && { label: "Fastest growing feature", value: grown(feature) },
    team && { label: "Fastest growing team", value: grown(team) },
    call && {
      label: "Dearest call",
      value: `${usdInWords(call.costUsd)}, ${call.model}${call.feature === null ? "" : ` for ${call.feature}`}`,
    },
    {
      label: "Incidents",
      value: `${String(incidents.opened)} opened, ${String(incidents.resolved)} resolved, ${String(incidents.unresolved)} still open`,
    },
    budgets.inForce > 0 && {
      label: "Budgets near their limit",
      value: `${String(budgets.near)} of ${String(budgets.inForce)}`,
    },
    gaps.unattributedShare !== null && {
      label: "Unattributed",
      value: `${figureInWords(gaps.unattributedShare, "share")} of the cost`,
    },
  ].filter((field) => field !== false && field !== undefined);
}

/** A week's review as every channel tells it. It names no person. */
export function reviewMessage({ week, takenAt, figures }: Told, sender: Sender): Message {
  const { timeZone } = sender;
  const [from, to] = [new Date(figures.from), new Date(Date.parse(figures.to) - 1)];
  const isFinal = figures.gaps.finalThrough >= figures.to;
  return {
    type: "review",
    title: `Weekly review of ${sender.tenantName}: ${day(from, timeZone)} to ${day(to, timeZone)}`,
    text: sentences(figures),
    fields: fieldsOf(figures),
    lines: [],
    context: [
      `Figures as of ${moment(takenAt, timeZone)} (${timeZone}). ${
        isFinal
          ? "The week is final."
          : `Final through ${moment(new Date(figures.gaps.finalThrough), timeZone)}: late calls may still change them.`
      }`,
    ],
    link: { label: "Walk through it", url: `${sender.url}/reviews/${week}` },
    alertId: null,
  };
}

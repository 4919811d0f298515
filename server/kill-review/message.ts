import { usdChangeInWords, usdInWords } from "@/server/delivery/figures";
import type { Sender } from "@/server/delivery/incident-message";
import type { Message } from "@/server/delivery/schemas";
import type { Decision } from "./decision-queries";
import type { KillReview } from "./queries";
import { sumSavings } from "./saving";
import type { DecisionState, KillItem, MeasuredDecision, Suggestion } from "./schemas";

export type ToldReview = Pick<KillReview, "month" | "timeZone" | "takenAt" | "figures"> & {
  items: readonly KillItem[];
};

/** So many features are named; the page has all. */
const mostLines = 20;

export const monthName = (month: string) =>
  new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}T00:00:00Z`)); // prettier-ignore
const dayName = (day: string) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)); // prettier-ignore
const plural = (count: number, one: string) =>
  `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;
const suggested = { kill: "Kill", throttle: "Throttle", merge: "Merge", keep: "Keep" } as const satisfies Record<Suggestion, string>; // prettier-ignore

const stateWords = {
  kept: "kept",
  open: "not due yet",
  waiting: "due, no calls since",
  done: "done: no calls in seven days",
  overdue: "overdue: calls still come",
  measured: "limited",
} as const satisfies Record<DecisionState, string>;

function decisionField({ feature, decision, state, savings }: MeasuredDecision) {
  const last = savings.at(-1);
  const saved = last?.savedUsd;
  const words = { saved: "saved", not_yet_visible: "not yet visible", none: "no saving", nothing_to_save: "nothing to save", unknown: "not known" } as const; // prettier-ignore
  const measured = last ? `, ${words[last.verdict]}${saved ? ` (${usdChangeInWords(saved)} against the forecast)` : ""}` : ""; // prettier-ignore
  return { label: `${suggested[decision]} ${feature}`, value: `${stateWords[state]}${measured}` };
}

/** A month's kill review as every channel tells it. It names no person. */
export function reviewMessage(
  { month, timeZone, takenAt, figures, items }: ToldReview,
  sender: Sender,
): Message {
  const bottom = items.filter(({ isBottom }) => isBottom);
  const { measuredUsd } = sumSavings(figures.decisions.flatMap(({ savings }) => savings));
  const hasSavings = figures.decisions.some(({ savings }) => savings.length > 0);
  const lacks = figures.unpricedCalls > 0 ? ` ${plural(figures.unpricedCalls, "call")} without a price ${figures.unpricedCalls === 1 ? "is" : "are"} not in any cost.` : ""; // prettier-ignore
  const taken = new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(takenAt); // prettier-ignore
  const decide =
    bottom.length === 0
      ? `None of ${plural(items.length, "feature")} is among the hardly used ones.`
      : `${plural(bottom.length, "feature")} of ${String(items.length)} ${bottom.length === 1 ? "is" : "are"} used least, and cost ${usdInWords(figures.bottom.costUsd)} of ${usdInWords(figures.costUsd)}: kill, throttle or merge?`;
  const saving = hasSavings ? ` Earlier decisions came to ${usdChangeInWords(measuredUsd)} against the forecast without them.` : ""; // prettier-ignore
  return {
    type: "kill_review",
    title: `Kill review of ${sender.tenantName}: ${monthName(month)}`,
    text: `${decide}${saving}${lacks}`,
    fields: figures.decisions.slice(0, 10).map(decisionField),
    lines: bottom.slice(0, mostLines).map(
      ({ feature, suggestion, evidence }) =>
        `${suggested[suggestion ?? "keep"]} ${feature} (${plural(evidence.uses, "use")}, ${usdInWords(evidence.costUsd)}): ${evidence.reason ?? ""}`.slice(0, 3_000), // prettier-ignore
    ),
    context: [`Figures as of ${taken} (${timeZone}); they stay as they were.`],
    link: { label: "Decide", url: `${sender.url}/kill-review/${month.slice(0, 7)}` },
    alertId: null,
  };
}

/** What is said of a decision's due date. @param kind as `reminderDue` names it */
export function reminderMessage(
  { feature, decision, dueOn, month, mergeInto }: Decision,
  kind: string,
  calls: number,
  sender: Sender,
): Message {
  const what =
    decision === "merge" && mergeInto !== null
      ? `merge ${feature} into ${mergeInto}`
      : `${decision} ${feature}`;
  const due = dueOn === null ? "" : dayName(dueOn);
  const title =
    kind === "before"
      ? `Due on ${due}: ${what}`
      : kind === "due"
        ? `Due since ${due}: ${what}`
        : `Overdue since ${due}: ${what}`;
  const seen =
    kind === "before"
      ? "It was decided on the kill review; from the day after on the saving is measured."
      : calls === 0
        ? "No calls of it have come since."
        : `${plural(calls, "call")} of it came in the last seven days.`;
  return {
    type: "kill_review.reminder",
    title,
    text: seen,
    fields: [],
    lines: [],
    context: [`Decided on the kill review of ${monthName(month)}.`],
    link: { label: "Open the review", url: `${sender.url}/kill-review/${month.slice(0, 7)}` },
    alertId: null,
  };
}

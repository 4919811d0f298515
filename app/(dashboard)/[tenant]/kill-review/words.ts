import type { Tone } from "@/app/_components/ui/badge";
import { formatDay, formatMonth } from "@/app/_format/dates";
import { addMonths, lastOfMonth } from "@/server/calendar/month";
import type { DecisionState, Guard, Suggestion, Verdict } from "@/server/kill-review/schemas";

export const suggestionWords = {
  kill: "Kill",
  throttle: "Throttle",
  merge: "Merge",
  keep: "Keep",
} as const satisfies Record<Suggestion, string>;

export const suggestionTones = {
  kill: "bad",
  throttle: "warn",
  merge: "accent",
  keep: "neutral",
} as const satisfies Record<Suggestion, Tone>;

export const guardWords = {
  protected: "protected",
  seasonal: "seasonal",
  new: "new",
  too_little_data: "too little data",
} as const satisfies Record<Guard, string>;

export const stateWords = {
  kept: "kept",
  open: "not due yet",
  waiting: "due, no calls since",
  done: "gone: no calls in 7 days",
  overdue: "overdue: calls still come",
  measured: "limited",
} as const satisfies Record<DecisionState, string>;

export const stateTones = {
  kept: "neutral",
  open: "neutral",
  waiting: "accent",
  done: "good",
  overdue: "bad",
  measured: "accent",
} as const satisfies Record<DecisionState, Tone>;

export const verdictWords = {
  saved: "saved",
  not_yet_visible: "not yet visible",
  none: "no saving",
  nothing_to_save: "nothing to save",
  unknown: "not known",
} as const satisfies Record<Verdict, string>;

export const verdictTones = {
  saved: "good",
  not_yet_visible: "neutral",
  none: "bad",
  nothing_to_save: "neutral",
  unknown: "warn",
} as const satisfies Record<Verdict, Tone>;

/** "Oct 2026". @param month its first day */
export const monthName = (month: string) => formatMonth(month.slice(0, 7));

export const killReviewHref = (slug: string, month: string) => `/${slug}/kill-review/${month.slice(0, 7)}`;

/** "1 Dec – 31 Dec". */
export const stretchName = ({ first, last }: { first: string; last: string }) =>
  `${formatDay(first)} – ${formatDay(last)}`;

/** The end of the month after the reviewed one, or of the running one where that has passed. */
export function usualDueDate(month: string, today: string): string {
  const due = lastOfMonth(addMonths(month, 1));
  return due >= today ? due : lastOfMonth(today);
}

/** A person by name; who has left has none any more. */
export const personName = (names: ReadonlyMap<string, string>, personId: string | null): string =>
  personId === null ? "nobody" : (names.get(personId) ?? "somebody who has left");

import { addDays, daysBetween, type LocalDay } from "@/server/calendar/local-day";
import { stateOf } from "./saving";
import { reminderHour, type Suggestion } from "./schemas";

const week = 7;

export interface ToRemind {
  decision: Suggestion;
  dueOn: LocalDay | null;
  /** The local day on which it was decided. */
  decidedOn: LocalDay;
  today: LocalDay;
  /** As `Seen` has it. */
  calls: number;
}

/**
 * What is to be said of a due date today: that it is a week off, that it has come, or, week by week after it, that calls
 * still come. Null: nothing. Said late it is said once: only the newest of what was missed. The caller says each once.
 */
export function reminderDue({ decision, dueOn, decidedOn, today, calls }: ToRemind): string | null {
  if (decision === "keep" || dueOn === null) return null;
  const late = daysBetween(dueOn, today);
  if (late < -week) return null;
  // Who decided it within the week knows.
  if (late < 0) return decidedOn > addDays(dueOn, -week) ? null : "before";
  if (late < week) return "due";
  return stateOf({ decision, dueOn, today, calls }) === "overdue"
    ? `late-${String(Math.floor(late / week))}`
    : null;
}

/** Nobody is reminded before eight in the morning. */
export const isTimeToRemind = (now: Date, timeZone: string): boolean =>
  Number(new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(now)) >=
  reminderHour;

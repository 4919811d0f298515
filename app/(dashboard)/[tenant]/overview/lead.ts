import type { Stretch } from "@/server/analytics/schemas";
import { addDays } from "@/server/calendar/local-day";
import { isDay } from "../_scope/moments";

/** Days before the first bar that its 7-day average reaches back to. */
const averageReach = 6;

interface Daily extends Stretch {
  granularity: string;
  compare?: Stretch | undefined;
}

/**
 * The question begun so many days earlier that the first day shown has its average, too; of the stretch compared with as
 * well, so that day stays beside day. Hours, months and stretches that begin within a day have no such lead.
 */
export function withLead<Question extends Daily>(question: Question): { question: Question; lead: number } {
  const { from, granularity, compare } = question;
  const startsWithDays = isDay(from) && (compare === undefined || isDay(compare.from));
  if (granularity !== "day" || !startsWithDays) return { question, lead: 0 };
  const earlier = <Of extends Stretch>(stretch: Of): Of => ({
    ...stretch,
    from: addDays(stretch.from, -averageReach),
  });
  return {
    question: { ...earlier(question), ...(compare && { compare: earlier(compare) }) },
    lead: averageReach,
  };
}

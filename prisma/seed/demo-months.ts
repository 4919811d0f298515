import { localDay } from "@/server/calendar/local-day";
import { addMonths, lastWholeMonth } from "@/server/calendar/month";
import { acme } from "./acme";

/**
 * The month that the demo's books are closed of: the one before the last that is over, so that the last is left to be
 * closed by whoever tries the demo. Null where its calls do not go back to that month's beginning.
 */
export function closedDemoMonth(now: Date): string | null {
  const first = addMonths(lastWholeMonth(now, acme.timeZone), -1);
  const began = localDay(new Date(now.getTime() - acme.days * 86_400_000), acme.timeZone);
  return first > began ? first.slice(0, 7) : null;
}

/** The review of a month is made as soon as its last calls had time to arrive, hours after its end. */
export const hoursToReview = 2;

/** The month that the demo has a kill review of: the last that is over, and in the first hours of a month the one before. */
export const reviewedDemoMonth = (now: Date): string =>
  lastWholeMonth(new Date(now.getTime() - hoursToReview * 3_600_000), acme.timeZone);

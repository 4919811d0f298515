import { addDays, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import { addMonths } from "@/server/calendar/month";

/** A month of local days. */
export interface ReviewMonth {
  first: LocalDay;
  last: LocalDay;
  /** The first of the next month, exclusive. */
  end: LocalDay;
  from: Date;
  to: Date;
}

/** @param first the first of a month */
export function monthOf(first: LocalDay, timeZone: string): ReviewMonth {
  const end = addMonths(first, 1);
  return {
    first,
    last: addDays(end, -1),
    end,
    from: startOfDay(first, timeZone),
    to: startOfDay(end, timeZone),
  };
}

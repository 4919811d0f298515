import { addDays, type LocalDay, localDay, startOfDay } from "@/server/calendar/local-day";
import { reviewHour } from "./schemas";

/** A week of local days, Monday to Sunday, and the one before it. */
export interface ReviewWeek {
  /** Its Monday. */
  first: LocalDay;
  last: LocalDay;
  /** The next Monday, exclusive. */
  end: LocalDay;
  before: LocalDay;
  from: Date;
  to: Date;
}

/** @param first a Monday */
export function weekOf(first: LocalDay, timeZone: string): ReviewWeek {
  const end = addDays(first, 7);
  return {
    first,
    last: addDays(first, 6),
    end,
    before: addDays(first, -7),
    from: startOfDay(first, timeZone),
    to: startOfDay(end, timeZone),
  };
}

/** 0 is Monday. */
const placeInWeek = (day: LocalDay) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The Monday of the last week that is over. */
export function lastWholeWeek(now: Date, timeZone: string): LocalDay {
  const today = localDay(now, timeZone);
  return addDays(today, -placeInWeek(today) - 7);
}

/** How many days after its Monday a review that was missed is still made. */
const daysToCatchUp = 2;

/**
 * The week of which a review is due: from Monday at eight on the tenant's clocks, and on the day after for whoever was down
 * on Monday. Null: none is.
 */
export function dueWeek(now: Date, timeZone: string): LocalDay | null {
  const place = placeInWeek(localDay(now, timeZone));
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  const isEarly = place === 0 && Number(clock.format(now)) < reviewHour;
  return isEarly || place >= daysToCatchUp ? null : lastWholeWeek(now, timeZone);
}

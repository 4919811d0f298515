import { type LocalDay, localDay, startOfDay } from "@/server/calendar/local-day";
import { addMonths, firstOfMonth } from "@/server/calendar/month";

export const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Days counted from 1970-01-01, as if all were of one length. */
export const dayNumber = (day: LocalDay): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
export const dayOfNumber = (number: number): LocalDay => new Date(number * dayMs).toISOString().slice(0, 10);

/**
 * Hours and days of a zone as numbers that can be counted with. An hour begins where the zone's clock shows a whole one (in
 * Kolkata at half past of UTC) and is numbered by the UTC hour in which it begins.
 */
export class Calendar {
  private readonly starts = new Map<number, Date>();
  private readonly days = new Map<number, number>();
  private readonly offsetMs: number;

  constructor(
    readonly timeZone: string,
    near: Date,
  ) {
    this.offsetMs = startOfDay(localDay(near, timeZone), timeZone).getTime() % hourMs;
  }

  /** How many quarters of an hour after UTC's an hour of the zone begins. */
  get offsetQuarters(): number {
    return this.offsetMs / (hourMs / 4);
  }

  /** The hour in which an instant lies. */
  hourOf(instant: Date): number {
    return Math.floor((instant.getTime() - this.offsetMs) / hourMs);
  }

  startOfHour(hour: number): Date {
    return new Date(hour * hourMs + this.offsetMs);
  }

  /** The number of the local day in which an hour begins. */
  dayOfHour(hour: number): number {
    const known = this.days.get(hour);
    if (known !== undefined) return known;
    const day = dayNumber(localDay(this.startOfHour(hour), this.timeZone));
    this.days.set(hour, day);
    return day;
  }

  startOfDay(day: number): Date {
    const known = this.starts.get(day);
    if (known) return known;
    const start = startOfDay(dayOfNumber(day), this.timeZone);
    this.starts.set(day, start);
    return start;
  }

  /** The first hour of a local day. */
  firstHourOf(day: number): number {
    return this.hourOf(this.startOfDay(day));
  }

  /** The local day that ends at (or around) an instant: of midnight, the day before. */
  dayEndingAt(at: Date): number {
    return dayNumber(localDay(new Date(at.getTime() - 1), this.timeZone));
  }

  /** Until the local month of an instant is over, in days, parts of one included. */
  daysLeftInMonth(at: Date): number {
    const day = localDay(at, this.timeZone);
    const next = addMonths(firstOfMonth(day), 1);
    return Math.max(0, (startOfDay(next, this.timeZone).getTime() - at.getTime()) / dayMs);
  }
}

import { formatDate, formatInstant, formatTime } from "@/app/_format/dates";

interface Validity {
  from: string | null;
  /** Exclusive. */
  to: string | null;
}

/** People name days, and the last one with them; an instant within a day is told to the minute. */
export function firstInstant(iso: string, timeZone: string): string {
  return formatTime(iso, timeZone) === "00:00" ? formatDate(iso, timeZone) : toTheMinute(iso, timeZone);
}

export function lastInstant(iso: string, timeZone: string): string {
  if (formatTime(iso, timeZone) !== "00:00") return toTheMinute(iso, timeZone);
  return formatDate(new Date(Date.parse(iso) - 1).toISOString(), timeZone);
}

/** "22 Aug 2026 – 6 Oct 2026", "from 7 Oct 2026 on": when a price holds, in days of the zone. */
export function validityWords({ from, to }: Validity, timeZone: string): string {
  if (from === null) return to === null ? "always" : `until ${lastInstant(to, timeZone)}`;
  const first = firstInstant(from, timeZone);
  if (to === null) return `from ${first} on`;
  const last = lastInstant(to, timeZone);
  return first === last ? first : `${first} – ${last}`;
}

// The year is always named: prices go back further than the year at hand.
const toTheMinute = (iso: string, timeZone: string) => formatInstant(iso, timeZone, new Date(0));

import { DomainError } from "@/server/errors";

/** A calendar day as people write it, YYYY-MM-DD, in whatever zone the context names. */
export type LocalDay = string;

const quarterMs = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    // Sweden writes ISO dates.
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Whether the name is an IANA zone that this machine knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

export function localDay(instant: Date, timeZone: string): LocalDay {
  return formatOf(timeZone).format(instant);
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many days later `day` is than `from`. */
export const daysBetween = (from: LocalDay, day: LocalDay): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/**
 * The first instant of a local day. A day has 23, 24 or 25 hours and need not begin at 00:00 (clocks that change at
 * midnight), so this looks for it among the quarter hours, which every offset since 1972 is a multiple of.
 */
export function startOfDay(day: LocalDay, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight)) throw new DomainError("INVALID_INPUT", "A day is written YYYY-MM-DD.");
  let low = midnight - 15 * 3_600_000;
  let high = midnight + 15 * 3_600_000;
  while (high - low > quarterMs) {
    const middle = low + Math.floor((high - low) / quarterMs / 2) * quarterMs;
    if (localDay(new Date(middle), timeZone) >= day) high = middle;
    else low = middle;
  }
  return new Date(high);
}

export function isStartOfDay(instant: Date, timeZone: string): boolean {
  return startOfDay(localDay(instant, timeZone), timeZone).getTime() === instant.getTime();
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", options);
  formatters.set(key, made);
  return made;
}

/** "18 Nov, 14:05" in the tenant's zone; with the year where that is not the year of `now`. */
export function formatInstant(iso: string, timeZone: string, now?: Date): string {
  const at = new Date(iso);
  const yearOf = (instant: Date) => formatter({ timeZone, year: "numeric" }).format(instant);
  const year = now !== undefined && yearOf(at) !== yearOf(now) ? ({ year: "numeric" } as const) : {};
  return formatter({
    timeZone,
    ...year,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

/** "18 Nov 2026, 14:05:09.123 GMT+5:30": everything there is to know, for details and tooltips. */
export function formatInstantExactly(iso: string, timeZone: string): string {
  return formatter({
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
  }).format(new Date(iso));
}

export function formatTime(iso: string, timeZone: string): string {
  return formatter({ timeZone, hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

export function formatDate(iso: string, timeZone: string): string {
  return formatter({ timeZone, day: "numeric", month: "short", year: "numeric" }).format(new Date(iso));
}

/** A local day (YYYY-MM-DD) as "18 Nov"; it has no zone to convert. */
export function formatDay(day: string): string {
  return formatter({ timeZone: "UTC", day: "numeric", month: "short" }).format(new Date(`${day}T00:00:00Z`));
}

/** ISO day of the week (1 is Monday) as "Mon". */
export function formatWeekday(isoDay: number): string {
  // 5 January 1970 was a Monday.
  return formatter({ timeZone: "UTC", weekday: "short" }).format(new Date((isoDay + 3) * 86_400_000));
}

/** An hour (its first instant) as "Wed, 18 Nov 2026, 14:00". */
export function formatHourLong(iso: string, timeZone: string): string {
  return formatter({
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(iso));
}

/** A month (YYYY-MM) as "Oct 2026". */
export function formatMonth(month: string): string {
  return formatter({ timeZone: "UTC", month: "short", year: "numeric" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

export function formatDayLong(day: string): string {
  return formatter({
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(new Date(`${day}T00:00:00Z`));
}

/** "just now", "4 min ago", "3 h ago", then the date. */
export function formatAgo(iso: string, now: Date, timeZone: string): string {
  const minutes = Math.floor((now.getTime() - new Date(iso).getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${String(minutes)} min ago`;
  if (minutes < 24 * 60) return `${String(Math.floor(minutes / 60))} h ago`;
  return formatDate(iso, timeZone);
}

/** How much later the second instant is: "40 min", "5 h", "3 days". */
export function formatDelay(from: string, to: string): string {
  const minutes = Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${String(hours)} h` : `${String(Math.floor(hours / 24))} days`;
}

/** "GMT+5:30" */
export function formatOffset(timeZone: string, at: Date): string {
  const parts = formatter({ timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

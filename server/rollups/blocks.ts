import type { LocalDay } from "@/server/calendar/local-day";

/** Days of a block. Blocks follow each other without regard to months, each named by its first day. */
export const blockDays = 4;
/** The first day of some block. */
const origin = "2000-01-01";

const dayMs = 86_400_000;
const midnight = (day: LocalDay) => Date.parse(`${day}T00:00:00Z`);

/** The block that a day is in. */
export function blockOf(day: LocalDay): LocalDay {
  const days = Math.floor((midnight(day) - midnight(origin)) / dayMs);
  const within = ((days % blockDays) + blockDays) % blockDays;
  return new Date(midnight(day) - within * dayMs).toISOString().slice(0, 10);
}

/** The same of a column of days from 2000 on. */
export const blockOfSql = (column: string) =>
  `(${column} - (${column} - DATE '${origin}') % ${String(blockDays)})`;

import { addDays, isStartOfDay, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import { DomainError } from "@/server/errors";

/** A half-open stretch of time, and the local days that it consists of when it begins and ends with them. */
export interface Range {
  from: Date;
  to: Date;
  /** Null unless both ends are the start of a local day. `last` is inclusive. */
  days: { first: LocalDay; last: LocalDay } | null;
}

const quarterMs = 15 * 60_000;
const longestDays = 800;

function instantOf(value: string, timeZone: string, field: string): Date {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return startOfDay(value, timeZone);
  const instant = new Date(value);
  // Roll-ups are kept by the quarter hour: a finer bound could only be answered partially.
  if (instant.getTime() % quarterMs !== 0)
    throw new DomainError("INVALID_INPUT", `${field} must lie on a quarter hour.`, { field });
  return instant;
}

/** @throws DomainError INVALID_INPUT */
export function resolveRange(from: string, to: string, timeZone: string): Range {
  const start = instantOf(from, timeZone, "from");
  const end = instantOf(to, timeZone, "to");
  if (end <= start) throw new DomainError("INVALID_INPUT", "`to` must be after `from`.", { field: "to" });
  if (end.getTime() - start.getTime() > longestDays * 86_400_000) {
    throw new DomainError("INVALID_INPUT", `A range has at most ${String(longestDays)} days.`, {
      field: "from",
    });
  }
  const isWhole = isStartOfDay(start, timeZone) && isStartOfDay(end, timeZone);
  const days = isWhole
    ? { first: localDay(start, timeZone), last: addDays(localDay(end, timeZone), -1) }
    : null;
  return { from: start, to: end, days };
}

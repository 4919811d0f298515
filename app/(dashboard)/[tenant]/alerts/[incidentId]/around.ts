import type { SpendFilter, Stretch } from "@/server/analytics/schemas";
import { addDays, isStartOfDay, localDay } from "@/server/calendar/local-day";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { addMonths, quarterMs } from "../../_scope/moments";

/** What of an incident says where to look; instants. */
export interface Seen {
  rule: RuleId;
  subject: IncidentSubject;
  /** The stretch in which it was first seen, and the last one; `to` is exclusive. */
  window: { from: string; to: string };
  lastWindow: { from: string; to: string };
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The calls that it is about, as reports are asked for them; null: no report can tell them apart. */
export function filterOf({
  rule,
  subject: { kind, key },
}: Pick<Seen, "rule" | "subject">): SpendFilter | null {
  switch (kind) {
    case "tenant":
      return rule === "unattributed-share" ? { feature: [null] } : {};
    case "feature":
      return { feature: [key === "" ? null : key] };
    case "model": {
      const slash = key.indexOf("/");
      return slash === -1
        ? { model: [key] }
        : { provider: [key.slice(0, slash)], model: [key.slice(slash + 1)] };
    }
    case "source":
      return null;
    default:
      return { [kind]: [key] };
  }
}

/** Within an hour or a few it is looked at by the hour; else by the day. */
const isOfHours = ({ window, lastWindow }: Seen) =>
  Date.parse(window.to) - Date.parse(window.from) < 20 * hourMs &&
  Date.parse(lastWindow.to) - Date.parse(window.from) <= 7 * dayMs;

/** The days around it, as a report is asked for them: enough before it to see what is usual, a little after. */
export function around(seen: Seen, now: Date, timeZone: string): Stretch & { granularity: "hour" | "day" } {
  const first = localDay(new Date(seen.window.from), timeZone);
  const last = localDay(new Date(Date.parse(seen.lastWindow.to) - 1), timeZone);
  const tomorrow = addDays(localDay(now, timeZone), 1);
  const isHours = isOfHours(seen);
  const to = addDays(last, isHours ? 2 : 8);
  return {
    granularity: isHours ? "hour" : "day",
    from: addDays(first, isHours ? -3 : -21),
    to: to < tomorrow ? to : tomorrow,
  };
}

/** Places of the first and the last bucket that it touches; null: none of them. */
export function markedIn(
  buckets: readonly string[],
  { window, lastWindow }: Seen,
  timeZone: string,
): { first: number; last: number } | null {
  const [from, to] = [Date.parse(window.from), Date.parse(lastWindow.to)];
  const [firstDay, lastDay] = [localDay(new Date(from), timeZone), localDay(new Date(to - 1), timeZone)];
  const touched = buckets.flatMap((bucket, at) => {
    if (bucket.length === "YYYY-MM-DD".length) return bucket >= firstDay && bucket <= lastDay ? [at] : [];
    const start = Date.parse(bucket);
    return start < to && start + hourMs > from ? [at] : [];
  });
  const [first, last] = [touched[0], touched.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

/** A stretch as reports can be asked for it: whole local days, or widened to quarters of an hour. */
function asked(from: number, to: number, timeZone: string): Stretch {
  const [start, end] = [new Date(Math.floor(from / quarterMs) * quarterMs), new Date(Math.ceil(to / quarterMs) * quarterMs)]; // prettier-ignore
  const isWhole = isStartOfDay(start, timeZone) && isStartOfDay(end, timeZone);
  return isWhole
    ? { from: localDay(start, timeZone), to: localDay(end, timeZone) }
    : { from: start.toISOString(), to: end.toISOString() };
}

/** From when it was first seen to when it was last, for the screens that it leads to. */
export const wholeStretch = ({ window, lastWindow }: Seen, timeZone: string): Stretch =>
  asked(Date.parse(window.from), Date.parse(lastWindow.to), timeZone);

/**
 * What its figures are about beside what that is compared with: the same hours or days of the week before or, of a
 * month, of the month before. What is not over yet is compared with as much of the other.
 */
export function whyStretches(
  { lastWindow }: Seen,
  now: Date,
  timeZone: string,
): Stretch & { compare: Stretch } {
  const from = Date.parse(lastWindow.from);
  const end = Math.min(Date.parse(lastWindow.to), Math.max(now.getTime(), from + quarterMs));
  const stretch = asked(from, end, timeZone);
  const shift = (at: number) => {
    if (end - from <= 8 * dayMs) return addDays(localDay(new Date(at), timeZone), -7);
    return addMonths(localDay(new Date(at), timeZone), -1);
  };
  const shiftMs = Date.parse(localDay(new Date(from), timeZone)) - Date.parse(shift(from));
  const isDays = stretch.from.length === "YYYY-MM-DD".length;
  const compare = isDays
    ? { from: shift(from), to: shift(end) }
    : asked(Date.parse(stretch.from) - shiftMs, Date.parse(stretch.to) - shiftMs, timeZone);
  return { ...stretch, compare };
}

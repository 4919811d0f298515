import type { ConditionalPrice } from "@pydantic/genai-prices";
import { secondsPerDay } from "./price-version";

/** A stretch of time in which one entry of a conditional price list holds. Null is open, or all day. */
export interface Stretch {
  validFrom: Date | null;
  validTo: Date | null;
  dailyFrom: string | null;
  dailyTo: string | null;
  /** Index into the list. */
  entry: number;
}

type DailyWindow = Pick<Stretch, "dailyFrom" | "dailyTo" | "entry">;
type Constraint = ConditionalPrice["constraint"];

/**
 * A list of conditions, where the last that applies wins and the first is the default, as stretches that do not
 * overlap and leave no gap: dates are cut at every start date, days at every time of day.
 */
export function timelineOf(constraints: readonly Constraint[]): Stretch[] {
  const starts = unique(
    constraints.flatMap((c) => (c?.type === "start_date" ? [Date.parse(c.start_date)] : [])),
  );
  const stretches: Stretch[] = [];
  for (const [index, from] of [-Infinity, ...starts].entries()) {
    const next = starts[index];
    const day = dayAt(constraints, from);
    const validTo = next === undefined ? null : new Date(next);
    const before = stretches.slice(-day.length);
    if (index > 0 && sameDay(before, day) && before.every(({ validTo: end }) => end?.getTime() === from)) {
      for (const stretch of before) stretch.validTo = validTo;
    } else {
      const validFrom = from === -Infinity ? null : new Date(from);
      stretches.push(...day.map((window) => ({ validFrom, validTo, ...window })));
    }
  }
  return stretches;
}

function dayAt(constraints: readonly Constraint[], atMs: number): DailyWindow[] {
  const cuts = unique(
    constraints.flatMap((c) =>
      c?.type === "time_of_date" ? [secondUtc(c.start_time), secondUtc(c.end_time)] : [],
    ),
  );
  const parts: { from: number; entry: number }[] = [];
  for (const from of cuts) {
    const entry = entryAt(constraints, atMs, from);
    if (parts.at(-1)?.entry !== entry) parts.push({ from, entry });
  }
  // The last part runs over midnight into the first.
  if (parts.length > 1 && parts[0]?.entry === parts.at(-1)?.entry) parts.shift();
  if (parts.length < 2) {
    return [{ dailyFrom: null, dailyTo: null, entry: parts[0]?.entry ?? entryAt(constraints, atMs, 0) }];
  }
  return parts.map(({ from, entry }, index) => {
    const to = parts[(index + 1) % parts.length] ?? { from };
    return { dailyFrom: clock(from), dailyTo: clock(to.from), entry };
  });
}

function entryAt(constraints: readonly Constraint[], atMs: number, second: number): number {
  return Math.max(
    constraints.findLastIndex((constraint) => applies(constraint, atMs, second)),
    0,
  );
}

function applies(constraint: Constraint, atMs: number, second: number): boolean {
  if (!constraint) return true;
  if (constraint.type === "start_date") return atMs >= Date.parse(constraint.start_date);
  const from = secondUtc(constraint.start_time);
  const to = secondUtc(constraint.end_time);
  return to < from ? second >= from || second < to : second >= from && second < to;
}

/** "16:30:00Z" or "18:30:00+02:00" → seconds since midnight UTC. @throws Error for any other spelling */
function secondUtc(time: string): number {
  const parts = /^(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))$/.exec(time);
  if (!parts) throw new Error(`genai-prices has a time of day that we cannot read: ${time}`);
  const [, hours, minutes, seconds, sign, offsetHours = "0", offsetMinutes = "0"] = parts;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60 * (sign === "-" ? -1 : 1);
  const local = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return (local - offset + secondsPerDay) % secondsPerDay;
}

function clock(second: number): string {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function unique(values: number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}

function sameDay(one: readonly DailyWindow[], other: readonly DailyWindow[]): boolean {
  return (
    one.length === other.length &&
    one.every((window, index) => {
      const twin = other[index];
      return (
        window.dailyFrom === twin?.dailyFrom && window.dailyTo === twin.dailyTo && window.entry === twin.entry
      );
    })
  );
}

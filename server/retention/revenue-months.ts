import { addDays, isStartOfDay, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";

/** A multiple of 28, 29, 30 and 31: a day of any month is a whole number of these parts of it. */
export const monthParts = 377_580n;

/**
 * Months up to the first instant of a day, in `monthParts`: the months before its own and its own's days before it, each of
 * them an equal part of its month. The difference of two of these is how many months lie between.
 */
export function monthMark(day: LocalDay): bigint {
  const [year, month, date] = day.split("-").map(BigInt) as [bigint, bigint, bigint];
  const days = BigInt(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
  return (year * 12n + month) * monthParts + (date - 1n) * (monthParts / days);
}

/** Months of a stretch of time, exactly: `(to − from) / (monthParts × scale)`. */
export interface MonthStretch {
  from: bigint;
  to: bigint;
  /** 1 where both ends are the start of a day; a day that is cut needs finer parts. */
  scale: bigint;
}

const quarterMs = 15 * 60_000;

interface Cut {
  day: LocalDay;
  /** Of the day, gone: quarter hours, and how many it has. */
  gone: bigint;
  of: bigint;
}

function cutOf(instant: Date, timeZone: string): Cut {
  const day = localDay(instant, timeZone);
  if (isStartOfDay(instant, timeZone)) return { day, gone: 0n, of: 1n };
  const [start, end] = [startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)];
  const quarters = (ms: number) => BigInt(Math.round(ms / quarterMs));
  return {
    day,
    gone: quarters(instant.getTime() - start.getTime()),
    of: quarters(end.getTime() - start.getTime()),
  };
}

/** A recurring revenue is earned evenly over each local month, day by day, and over each day; nothing is earned ahead of `now`. */
export function monthStretch(range: { from: Date; to: Date }, timeZone: string, now: Date): MonthStretch {
  const known = Math.floor(now.getTime() / quarterMs) * quarterMs;
  const to = new Date(Math.max(range.from.getTime(), Math.min(range.to.getTime(), known)));
  const [first, last] = [cutOf(range.from, timeZone), cutOf(to, timeZone)];
  const scale = first.of * last.of;
  const at = ({ day, gone, of }: Cut) => {
    const [mark, next] = [monthMark(day), monthMark(addDays(day, 1))];
    return mark * scale + ((next - mark) * gone * scale) / of;
  };
  return { from: at(first), to: at(last), scale };
}

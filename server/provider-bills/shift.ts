import { Usd } from "@/server/prices/decimal";

export interface DayLeft {
  day: string;
  left: Usd;
  /** What bill or ledger have of that day, whichever is more: no more than that can have moved. */
  volume: Usd;
}

/** A shift never moves further than over a midnight or two; longer chains are chance. */
const mostDays = 4;
/** What lacks may differ from what is over by so much. */
const tolerance = new Usd("0.005");
const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/**
 * What was booked on the day before or after: differences of days in a row that cancel out. What moved over each midnight
 * must have been there, and every day between must differ.
 * @returns the part of each day's difference that moved; the parts of a row add up to nothing
 */
export function shiftsOf(series: readonly DayLeft[]): Map<string, Usd> {
  const found = new Map<string, Usd>();
  for (let from = 0; from < series.length; from += 1) {
    const to = endOfShift(series, from);
    if (to === null) continue;
    const row = series.slice(from, to + 1);
    const over = row.reduce((sum, { left }) => sum.plus(left), new Usd(0));
    for (const [at, { day, left }] of row.entries())
      found.set(day, at === row.length - 1 ? left.minus(over) : left);
    from = to;
  }
  return found;
}

function endOfShift(series: readonly DayLeft[], from: number): number | null {
  let moved = new Usd(0);
  let largest = new Usd(0);
  for (let at = from; at < Math.min(series.length, from + mostDays); at += 1) {
    const [here, before] = [series[at], series[at - 1]];
    if (!here || here.left.isZero() || (at > from && before && dayAfter(before.day) !== here.day))
      return null;
    moved = moved.plus(here.left);
    largest = Usd.max(largest, here.left.abs());
    if (at > from && moved.abs().lte(largest.times(tolerance))) return at;
    const next = series[at + 1];
    if (!next || moved.abs().gt(Usd.max(here.volume, next.volume))) return null;
  }
  return null;
}

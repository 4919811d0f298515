import { formatDay, formatDayLong } from "@/app/_format/dates";
import { toGeometry } from "@/app/_format/money";
import { axisTop } from "./axis";

export interface FanInput {
  /** Inclusive local days. */
  period: { first: string; last: string };
  /** Days up to today, in order; null is a gap. Amounts are decimal strings. */
  days: readonly { day: string; costUsd: string | null; soFarUsd: string }[];
  /** Days from today on: what the stretch will have come to by the end of each. */
  line: readonly {
    day: string;
    expectedUsd: string;
    soFarUsd: string;
    soFarLowUsd: string;
    soFarHighUsd: string;
  }[];
  /** What the whole stretch may cost; null: nobody said. */
  amountUsd: string | null;
}

export interface FanDay {
  day: string;
  title: string;
  isToday: boolean;
  /** What the day has cost; null: it is to come, or not known. */
  costUsd: string | null;
  /** What the day is expected to cost, today as a whole; null: it is over. */
  expectedUsd: string | null;
  /** From the first day to this one: as it was, or as expected between its bounds. */
  soFarUsd: string | null;
  forecast: { expectedUsd: string; lowUsd: string; highUsd: string } | null;
}

export interface Fan {
  days: FanDay[];
  amountUsd: string | null;
  /** Upper end of the axis, in USD. */
  top: number;
  /** Fractions of the plot's width and height; y from below. */
  spent: [x: number, y: number][];
  expected: [x: number, y: number][];
  /** Around what is expected: the upper edge forth, the lower one back. */
  band: [x: number, y: number][];
  /** Height of the amount. */
  amountAt: number | null;
  /** Where today ends, if it is in the stretch. */
  todayAt: number | null;
  ticks: { at: number; text: string }[];
}

const dayMs = 86_400_000;
const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
const dayOf = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10);
const mostTicks = 6;

/**
 * What a stretch of days comes to: a line of what was spent, from today on one of what is expected with a fan of how sure
 * that is, and the amount that it may come to. A day's value stands where the day ends.
 */
export function prepareFan({ period, days, line, amountUsd }: FanInput): Fan {
  const first = numberOf(period.first);
  const count = numberOf(period.last) - first + 1;
  const known = new Map(days.map((day) => [day.day, day]));
  const ahead = new Map(line.map((point) => [point.day, point]));
  const today = line[0]?.day ?? null;
  const told = Array.from({ length: count }, (_, at): FanDay => {
    const day = dayOf(first + at);
    const past = known.get(day);
    const next = ahead.get(day);
    return {
      day,
      title: formatDayLong(day),
      isToday: day === today && past !== undefined,
      costUsd: past?.costUsd ?? null,
      expectedUsd: next?.expectedUsd ?? null,
      soFarUsd: past && past.costUsd !== null ? past.soFarUsd : null,
      forecast: next
        ? { expectedUsd: next.soFarUsd, lowUsd: next.soFarLowUsd, highUsd: next.soFarHighUsd }
        : null,
    };
  });
  const heights = told.flatMap(({ soFarUsd, forecast }) => [soFarUsd, forecast?.highUsd ?? null]);
  const top = axisTop(Math.max(...[...heights, amountUsd].map((usd) => toGeometry(usd ?? "0"))));
  const end = (at: number) => (at + 1) / count;
  const height = (usd: string) => toGeometry(usd) / top;
  // Today is drawn as expected, not as it stands at this hour.
  const over = told.flatMap(({ soFarUsd, forecast }, at): [number, number][] =>
    soFarUsd === null || forecast ? [] : [[end(at), height(soFarUsd)]],
  );
  const begins: [number, number] = [over.at(-1)?.[0] ?? 0, over.at(-1)?.[1] ?? 0];
  const startsKnown = told[0]?.soFarUsd !== null || told[0].forecast !== null;
  const points = told.flatMap(({ forecast }, at) => (forecast ? [{ x: end(at), forecast }] : []));
  const through = (of: (forecast: NonNullable<FanDay["forecast"]>) => string): [number, number][] =>
    points.length === 0 ? [] : [begins, ...points.map(({ x, forecast }): [number, number] => [x, height(of(forecast))])]; // prettier-ignore
  const step = Math.max(1, Math.ceil(count / mostTicks));
  return {
    days: told,
    amountUsd,
    top,
    spent: over.length > 0 && startsKnown ? [[0, 0], ...over] : over,
    expected: through(({ expectedUsd }) => expectedUsd),
    band: [...through(({ highUsd }) => highUsd), ...through(({ lowUsd }) => lowUsd).reverse()],
    amountAt: amountUsd === null ? null : height(amountUsd),
    todayAt: told.findIndex(({ isToday }) => isToday) === -1 ? null : end(told.findIndex(({ isToday }) => isToday)), // prettier-ignore
    ticks: told.flatMap(({ day }, at) => (at % step === 0 ? [{ at: (at + 0.5) / count, text: formatDay(day) }] : [])), // prettier-ignore
  };
}

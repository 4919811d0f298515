import {
  formatDay,
  formatDayLong,
  formatHourLong,
  formatInstant,
  formatMonth,
  formatTime,
} from "@/app/_format/dates";
import { localDay } from "@/server/calendar/local-day";

export type BucketSize = "hour" | "day" | "month";

export interface BucketClock {
  timeZone: string;
  now: Date;
  /** Instant up to which figures are final; null: none is. */
  finalThrough: string | null;
}

export interface BucketState {
  /** The bucket as reports tell it: instant of the hour, YYYY-MM-DD or YYYY-MM. */
  bucket: string;
  /** Short, for the axis; no two are the same. */
  label: string;
  title: string;
  /** It has begun and is not over. */
  isRunning: boolean;
  /** It may still grow. */
  isProvisional: boolean;
}

const hourMs = 3_600_000;
const sizes: Partial<Record<number, BucketSize>> = {
  ["YYYY-MM".length]: "month",
  ["YYYY-MM-DD".length]: "day",
};

/** Told by the buckets themselves: while an answer is on its way, those on the screen are of the question before. */
export function bucketSizeOf(buckets: readonly string[]): BucketSize {
  const [first] = buckets;
  return first === undefined ? "day" : (sizes[first.length] ?? "hour");
}

/** More hours than this belong to more than one day, so their labels name it. */
const hoursOfOneDay = 25;

/** An hour that the clocks repeat has the label of the one before; the axis must not take them for one. */
function toldApart(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const times = seen.get(label) ?? 0;
    seen.set(label, times + 1);
    return label + "\u200b".repeat(times);
  });
}

function hourStates(buckets: readonly string[], { timeZone, now, finalThrough }: BucketClock): BucketState[] {
  const starts = buckets.map((bucket) => Date.parse(bucket));
  const final = finalThrough === null ? -Infinity : Date.parse(finalThrough);
  const isLong = buckets.length > hoursOfOneDay;
  return buckets.map((bucket, at) => {
    const start = starts[at] ?? 0;
    const end = starts[at + 1] ?? start + hourMs;
    return {
      bucket,
      label: isLong ? formatInstant(bucket, timeZone) : formatTime(bucket, timeZone),
      title: formatHourLong(bucket, timeZone),
      isRunning: start <= now.getTime() && now.getTime() < end,
      isProvisional: end > final,
    };
  });
}

/** What is to be said of each bucket, given the time and how far the figures are final. */
export function bucketStates(buckets: readonly string[], clock: BucketClock): BucketState[] {
  const { timeZone, now, finalThrough } = clock;
  const granularity = bucketSizeOf(buckets);
  const name = (instant: Date) => localDay(instant, timeZone).slice(0, granularity === "month" ? 7 : 10);
  const final = finalThrough === null ? "" : name(new Date(finalThrough));
  const states =
    granularity === "hour"
      ? hourStates(buckets, clock)
      : buckets.map((bucket) => ({
          bucket,
          label: granularity === "day" ? formatDay(bucket) : formatMonth(bucket),
          title: granularity === "day" ? formatDayLong(bucket) : formatMonth(bucket),
          isRunning: bucket === name(now),
          isProvisional: bucket >= final,
        }));
  const labels = toldApart(states.map(({ label }) => label));
  return states.map((state, at) => ({ ...state, label: labels[at] ?? state.label }));
}

/** "today", and its like for other buckets. */
export const runningNames = {
  hour: "this hour",
  day: "today",
  month: "this month",
} as const satisfies Record<BucketSize, string>;

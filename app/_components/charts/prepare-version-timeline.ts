import { formatDay } from "@/app/_format/dates";
import type { BucketClock } from "./bucket-time";
import { costPerCallMeasure, type Measure, type TrendFigures } from "./measures";
import { prepareSeries, type SeriesTrend } from "./prepare-series";
import { mostSeries } from "./series-colours";
import type { Turn } from "./turn-marks";

export interface VersionDay extends TrendFigures {
  day: string;
  /** Null: calls that name no version. */
  version: string | null;
}

export interface VersionTimelineInput extends BucketClock {
  /** The local days to draw, in order. */
  days: readonly string[];
  /** A row for each version and day with calls. */
  rows: readonly VersionDay[];
  /** The first day of each version that took over. */
  changes: readonly { version: string; day: string }[];
  /** What to tell of a day; by default what a priced call cost. */
  measure?: Measure<TrendFigures>;
}

export interface VersionTimeline {
  trend: SeriesTrend;
  turns: Turn[];
}

/** The versions in the order in which they came; of more than can be told apart, those with few calls last. */
function inOrder(rows: readonly VersionDay[]): (string | null)[] {
  const calls = new Map<string | null, number>();
  for (const { version, calls: more } of [...rows].sort((one, other) => (one.day < other.day ? -1 : 1)))
    calls.set(version, (calls.get(version) ?? 0) + more);
  const versions = [...calls.keys()];
  const busiest = [...versions].sort((one, other) => (calls.get(other) ?? 0) - (calls.get(one) ?? 0));
  const isShown = (version: string | null) => busiest.indexOf(version) < mostSeries;
  return [...versions.filter(isShown), ...versions.filter((version) => !isShown(version))];
}

/** A line for each version of a prompt, in the order in which they came, and the days on which they did. */
export function prepareVersionTimeline(input: VersionTimelineInput): VersionTimeline {
  const { days, rows, changes, measure = costPerCallMeasure } = input;
  const series = inOrder(rows).map((key) => {
    const byDay = new Map(rows.filter(({ version }) => version === key).map((row) => [row.day, row]));
    return { key, isRest: false, points: days.map((day) => byDay.get(day) ?? null) };
  });
  const trend = prepareSeries(
    {
      ...input,
      measure,
      buckets: days,
      series,
      names: { without: "No version", rest: "Other versions" },
    },
    false,
  );
  const drawn = new Set(days);
  const turns = changes
    .filter(({ day }) => drawn.has(day))
    .map(({ version, day }) => ({ bucket: day, label: `${shortVersion(version)} since ${formatDay(day)}` }));
  const named = trend.series.map((one) => (one.key === null ? one : { ...one, name: shortVersion(one.key) }));
  return { trend: { ...trend, series: named }, turns };
}

const hashLength = 16;

/** Versions that are digests of a prompt are told apart by their first letters. */
export function shortVersion(version: string): string {
  return version.length > hashLength && /^[0-9a-z]+$/i.test(version) ? `${version.slice(0, 7)}…` : version;
}

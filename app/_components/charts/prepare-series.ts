import { subtractUsd, sumUsd, toGeometry } from "@/app/_format/money";
import type { FigureKind } from "@/app/_format/figures";
import { axisTop, countAxisTop } from "./axis";
import {
  type BucketClock,
  type BucketSize,
  type BucketState,
  bucketSizeOf,
  bucketStates,
} from "./bucket-time";
import { type CountedFigures, type Measure, measureOf } from "./measures";
import { coloursByKey, mostSeries, restColour, type SeriesColour } from "./series-colours";

export interface SeriesInput<Figures extends CountedFigures> extends BucketClock {
  measure: Measure<Figures>;
  buckets: readonly string[];
  /** The dearest first; what a series is called stands in `nameOf`. */
  series: readonly { key: string | null; isRest: boolean; points: readonly (Figures | null)[] }[];
  /** What calls without the tag, and all others together, are called. */
  names: { without: string; rest: string };
}

export interface Series {
  /** A name that is safe as a key of a datum. */
  id: string;
  /** Null for calls without the tag and for the rest. */
  key: string | null;
  isRest: boolean;
  name: string;
  colour: SeriesColour;
  /** Over all buckets that are drawn; null where that cannot be told. */
  total: string | null;
}

export interface SeriesPoint extends BucketState {
  /** For each series; null is a gap. */
  values: (string | null)[];
  /** All series together; null where none has a value. */
  total: string | null;
  unpricedCalls: number;
}

export interface SeriesTrend {
  label: string;
  kind: FigureKind;
  granularity: BucketSize;
  series: Series[];
  points: SeriesPoint[];
  /** Upper end of the axis: above the sum of the series when they are stacked, above each of them when not. */
  top: number;
}

type Drawn<Figures extends CountedFigures> = SeriesInput<Figures>["series"][number] & { merged: Figures[][] };

/** More series than colours: the least of them join the rest. */
function withinColours<Figures extends CountedFigures>(
  series: SeriesInput<Figures>["series"],
  buckets: number,
): Drawn<Figures>[] {
  const named = series.filter(({ isRest }) => !isRest);
  const coloured = named.filter(({ key }) => key !== null).slice(0, mostSeries);
  const own = named.filter((one) => one.key === null || coloured.includes(one));
  const others = series.filter((one) => !own.includes(one));
  const known = (points: readonly (Figures | null)[], at: number) => {
    const figures = points[at];
    return figures ? [figures] : [];
  };
  const each = Array.from({ length: buckets }, (_, at) => at);
  const drawn = own.map((one) => ({ ...one, merged: each.map((at) => known(one.points, at)) }));
  if (others.length === 0) return drawn;
  const merged = each.map((at) => others.flatMap(({ points }) => known(points, at)));
  return [...drawn, { key: null, isRest: true, points: [], merged }];
}

/** Several groups over time, each in its own colour. `isStacked`: they add up. */
export function prepareSeries<Figures extends CountedFigures>(
  input: SeriesInput<Figures>,
  isStacked: boolean,
): SeriesTrend {
  const { measure, buckets, names } = input;
  const drawn = withinColours(input.series, buckets.length);
  const colourOf = coloursByKey(drawn.filter(({ isRest }) => !isRest).map(({ key }) => key));
  const valueOf = (figures: Figures[]) => (figures.length === 0 ? null : measureOf(measure, figures));

  const series = drawn.map(({ key, isRest, merged }, at): Series => {
    const name = isRest ? names.rest : (key ?? names.without);
    const colour = isRest ? restColour : colourOf(key);
    return { id: `s${String(at)}`, key, isRest, name, colour, total: valueOf(merged.flat()) };
  });
  const points = bucketStates(buckets, input).map((state, at): SeriesPoint => {
    const figures = drawn.map(({ merged }) => merged[at] ?? []);
    const values = figures.map(valueOf);
    const known = values.filter((value) => value !== null);
    const total = measure.per ? valueOf(figures.flat()) : known.length === 0 ? null : sumUsd(known);
    const unpricedCalls = figures.flat().reduce((sum, one) => sum + one.unpricedCalls, 0);
    return { ...state, values, total, unpricedCalls };
  });
  const heights = points.flatMap(({ values, total }) => (isStacked ? [total] : values));
  const highest = Math.max(0, ...heights.map((height) => toGeometry(height ?? "0")));
  return {
    label: measure.label,
    kind: measure.kind,
    granularity: bucketSizeOf(buckets),
    series,
    points,
    top: measure.kind === "count" ? countAxisTop(highest) : axisTop(highest),
  };
}

/** The series of a bucket that have a value there, the largest first. */
export function rankedAt({ series, points }: SeriesTrend, at: number): { series: Series; value: string }[] {
  const point = points[at];
  return series
    .flatMap((one, n) => {
      const value = point?.values[n] ?? null;
      return value === null ? [] : [{ series: one, value }];
    })
    .sort((one, other) => toGeometry(subtractUsd(other.value, one.value)));
}

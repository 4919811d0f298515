import { toGeometry } from "@/app/_format/money";
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

export interface TrendInput<Figures extends CountedFigures> extends BucketClock {
  measure: Measure<Figures>;
  /** Every bucket in order. */
  buckets: readonly string[];
  /** A point for each bucket; null is a gap: there is nothing to know, or nothing yet. */
  points: readonly (Figures | null)[];
  /** The compared stretch, bucket by bucket beside the other; its own buckets, where known, name them. */
  previous?: { points: readonly (Figures | null)[]; buckets?: readonly string[] } | null;
  /** Draws the mean of a bucket and the six before. */
  hasAverage?: boolean;
  /** So many first buckets are there for the average only and not drawn. */
  lead?: number;
}

export interface TrendPoint extends BucketState {
  /** Decimal string; null is a gap. */
  value: string | null;
  previous: string | null;
  previousTitle: string | null;
  /** Mean of this bucket and the six before; null until seven complete ones are known, and for the running one. */
  average: string | null;
  /** Null where the bucket is a gap. */
  calls: number | null;
  unpricedCalls: number;
}

export interface Trend {
  label: string;
  kind: FigureKind;
  granularity: BucketSize;
  points: TrendPoint[];
  /** Upper end of the axis, a round number at or above everything drawn. */
  top: number;
  hasAverage: boolean;
  hasPrevious: boolean;
}

const averageOver = 7;

/** A measure over time. A known bucket without calls is a sum of zero, and no ratio; an unknown one is a gap. */
export function prepareTrend<Figures extends CountedFigures>(input: TrendInput<Figures>): Trend {
  const { measure, buckets, points, previous, lead = 0, hasAverage = false } = input;
  const isRatio = measure.per !== undefined;
  const states = bucketStates(buckets, input);
  const previousStates = previous?.buckets ? bucketStates(previous.buckets, input) : undefined;
  const valueOf = (figures: Figures | null | undefined) => (figures ? measureOf(measure, [figures]) : null);

  const averageAt = (at: number): string | null => {
    if (!hasAverage || at + 1 < averageOver || states[at]?.isRunning === true) return null;
    const figures = points.slice(at + 1 - averageOver, at + 1);
    const known = figures.filter((one): one is Figures => one !== null);
    if (known.length < averageOver) return null;
    const mean: Measure<Figures> = isRatio ? measure : { ...measure, per: () => 1 };
    return measureOf(mean, known);
  };

  const drawn = states
    .map((state, at): TrendPoint => {
      const figures = points[at] ?? null;
      return {
        ...state,
        value: valueOf(figures),
        previous: valueOf(previous?.points[at]),
        previousTitle: previousStates?.[at]?.title ?? null,
        average: averageAt(at),
        calls: figures?.calls ?? null,
        unpricedCalls: figures?.unpricedCalls ?? 0,
      };
    })
    .slice(lead);
  const heights = drawn.flatMap(({ value, previous: before, average }) => [value, before, average]);
  const highest = Math.max(0, ...heights.map((one) => toGeometry(one ?? "0")));
  return {
    label: measure.label,
    kind: measure.kind,
    granularity: bucketSizeOf(buckets),
    points: drawn,
    top: measure.kind === "count" ? countAxisTop(highest) : axisTop(highest),
    hasAverage: drawn.some(({ average }) => average !== null),
    hasPrevious: drawn.some(({ previous: before }) => before !== null),
  };
}

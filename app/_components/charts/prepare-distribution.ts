import { sumUsd, toGeometry } from "@/app/_format/money";
import type { FigureKind } from "@/app/_format/figures";
import { countAxisTop } from "./axis";
import { type LogScale, logScale } from "./log-scale";

/** From one round value (included) to the next (not included); decimal strings. */
export interface DistributionBucket {
  from: string;
  to: string;
  count: number;
  /** What the counted cost together. */
  costUsd?: string;
}

export interface DistributionInput {
  buckets: readonly DistributionBucket[];
  /** What has no place on a logarithmic axis: told beside it. */
  zero?: { label: string; count: number };
  /** Such as p50, p90, p99; a null value is not known. */
  markers: readonly { name: string; value: string | null }[];
  /** What the axis tells, and what is counted: "users". */
  kind: FigureKind;
  label: string;
  nouns: readonly [one: string, many: string];
}

export interface DistributionBar extends DistributionBucket {
  /** Fractions of the plot. */
  start: number;
  end: number;
  height: number;
  /** Of all that is counted, zeros included. */
  share: number;
}

export interface Distribution {
  bars: DistributionBar[];
  zero: { label: string; count: number; share: number; height: number } | null;
  markers: { name: string; value: string; at: number }[];
  axis: LogScale;
  /** Upper end of the counts. */
  top: number;
  count: number;
  costUsd: string;
  kind: FigureKind;
  label: string;
  nouns: readonly [one: string, many: string];
}

/** How many there are of each size, on a logarithmic axis; null where nothing is above zero. */
export function prepareDistribution(input: DistributionInput): Distribution | null {
  const { buckets, zero, kind, label, nouns } = input;
  const used = buckets.filter(({ count }) => count > 0);
  const axis = logScale(used.flatMap(({ from, to }) => [toGeometry(from), toGeometry(to)]));
  if (!axis) return null;
  const zeros = zero?.count ?? 0;
  const count = used.reduce((sum, bucket) => sum + bucket.count, zeros);
  const top = countAxisTop(Math.max(zeros, ...used.map((bucket) => bucket.count)));
  return {
    bars: used.map((bucket) => ({
      ...bucket,
      start: axis.at(toGeometry(bucket.from)),
      end: axis.at(toGeometry(bucket.to)),
      height: bucket.count / top,
      share: bucket.count / count,
    })),
    zero: zero && zeros > 0 ? { ...zero, share: zeros / count, height: zeros / top } : null,
    markers: input.markers.flatMap(({ name, value }) =>
      value === null || toGeometry(value) <= 0 ? [] : [{ name, value, at: axis.at(toGeometry(value)) }],
    ),
    axis,
    top,
    count,
    costUsd: sumUsd(used.map(({ costUsd }) => costUsd ?? "0")),
    kind,
    label,
    nouns,
  };
}

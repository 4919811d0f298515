import { sumUsd, toGeometry } from "@/app/_format/money";
import { type FigureKind, formatTick } from "@/app/_format/figures";
import { countAxisTop } from "./axis";
import { type LogScale, logScale } from "./log-scale";

/** From one round value (included) to the next (not included; null: there is no end); decimal strings. */
export interface DistributionBucket {
  from: string;
  to: string | null;
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

/** "$0.1 – $0.2", "$500 and more" */
export function bucketName(kind: FigureKind, { from, to }: DistributionBucket): string {
  const start = formatTick(kind, toGeometry(from));
  return to === null ? `${start} and more` : `${start} – ${formatTick(kind, toGeometry(to))}`;
}

/** Where a bucket is drawn: zero and no end have no place on a logarithmic axis. */
function edgesOf({ from, to }: DistributionBucket): [number, number] {
  const [low, high] = [toGeometry(from), to === null ? null : toGeometry(to)];
  return [low > 0 ? low : (high ?? 1) / 2, high ?? low * 2];
}

/** How many there are of each size, on a logarithmic axis; null where nothing is above zero. */
export function prepareDistribution(input: DistributionInput): Distribution | null {
  const { buckets, zero, kind, label, nouns } = input;
  const used = buckets.filter(({ count }) => count > 0);
  const axis = logScale(used.flatMap((bucket) => edgesOf(bucket)));
  if (!axis) return null;
  const zeros = zero?.count ?? 0;
  const count = used.reduce((sum, bucket) => sum + bucket.count, zeros);
  const top = countAxisTop(Math.max(zeros, ...used.map((bucket) => bucket.count)));
  return {
    bars: used.map((bucket) => ({
      ...bucket,
      start: axis.at(edgesOf(bucket)[0]),
      end: axis.at(edgesOf(bucket)[1]),
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

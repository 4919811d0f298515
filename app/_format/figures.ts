import { formatAxis, formatTotal, formatUnitCost } from "./money";
import { formatCompact, formatCount, formatLatency, formatShare } from "./quantities";

/** What a figure is, which decides how it is written. The figure itself is a decimal string. */
export type FigureKind = "usd" | "unitUsd" | "count" | "share" | "ms";

const words = {
  usd: formatTotal,
  unitUsd: formatUnitCost,
  count: (value) => formatCount(Number(value)),
  share: (value) => formatShare(Number(value)),
  ms: (value) => formatLatency(Number(value)),
} as const satisfies Record<FigureKind, (value: string) => string>;

const axes = {
  usd: formatAxis,
  unitUsd: formatAxis,
  count: formatCompact,
  share: formatShare,
  ms: (value) => (value < 1000 ? formatLatency(value) : `${String(Number((value / 1000).toPrecision(3)))} s`),
} as const satisfies Record<FigureKind, (value: number) => string>;

/** A figure in tables and tooltips. */
export function formatFigure(kind: FigureKind, value: string): string {
  return words[kind](value);
}

/** The mark of an axis, where place is short. */
export function formatTick(kind: FigureKind, value: number): string {
  return axes[kind](value);
}

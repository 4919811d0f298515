import { PlotStretch } from "./plot-layer";
import type { PlotScale } from "./plot-scale";

/** Buckets that a chart is about, both ends included. */
export interface Marked {
  first: number;
  last: number;
  label: string;
}

export const isMarked = (marked: Marked | undefined, at: number): boolean =>
  marked !== undefined && at >= marked.first && at <= marked.last;

export function MarkedStretch({ marked, scale }: { marked: Marked | undefined; scale: PlotScale }) {
  if (!marked) return null;
  return (
    <PlotStretch
      from={scale.start(marked.first)}
      to={scale.end(marked.last)}
      className="min-w-1 border-x border-t-2 border-bad/50 bg-bad/10"
    />
  );
}

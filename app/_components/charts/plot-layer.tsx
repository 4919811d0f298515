import type { ReactNode } from "react";
import { cn } from "../ui/class-names";
import { percent } from "./plot-scale";

/** Recharts' own insets of the plot: its top margin and the height of its lower axis. */
const insetTop = 5;
const insetBottom = 30;

/** Holds a chart of Tremor's and the layer on it; the chart's tooltip must come out on top. */
export const plotBox = "relative h-full [&_.recharts-tooltip-wrapper]:z-20";

interface PlotLayerProps {
  /** Width of the left axis in pixels. */
  left: number;
  children: ReactNode;
}

/**
 * Lies exactly over the plot of a Tremor chart, for what Tremor has not: a line over bars, marks of days, what is not final.
 * Its children place themselves by fractions, which needs no measuring and stays true at any width.
 */
export function PlotLayer({ left, children }: PlotLayerProps) {
  return (
    <div
      className="pointer-events-none absolute right-0"
      style={{ left, top: insetTop, height: `calc(100% - ${String(insetTop + insetBottom)}px)` }}
    >
      {children}
    </div>
  );
}

interface StretchProps {
  from: number;
  to: number;
  className: string;
  children?: ReactNode;
}

/** A part of the plot from top to bottom. */
export function PlotStretch({ from, to, className, children }: StretchProps) {
  return (
    <div
      className={cn("absolute inset-y-0", className)}
      style={{ left: percent(from), width: percent(to - from) }}
    >
      {children}
    </div>
  );
}

/** A line of `gapPath`. */
export function PlotLine({ path, className }: { path: string; className: string }) {
  if (path === "") return null;
  return (
    <svg className="absolute inset-0 size-full overflow-visible" viewBox="0 0 1 1" preserveAspectRatio="none">
      <path
        d={path}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeLinecap="round"
        className={className}
      />
    </svg>
  );
}

/** A dot at a place of the plot. */
export function PlotDot({ x, y, className }: { x: number; y: number; className: string }) {
  return (
    <span
      className={cn("absolute size-1.5 -translate-1/2 rounded-full", className)}
      style={{ left: percent(x), top: percent(1 - y) }}
    />
  );
}

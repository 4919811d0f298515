import { toGeometry } from "@/app/_format/money";
import type { DailySpend } from "./prepare-daily-spend";

/** Recharts' own insets of the plot: its top margin and the height of its lower axis. */
const insetTop = 5;
const insetBottom = 30;

/**
 * The 7-day average over the bars. Tremor has no chart of bars and a line, so this one lies on top of it, in units of days
 * across and of the axis upwards: that needs no measuring and stays true at any width.
 */
export function AverageLine({ spend, left }: { spend: DailySpend; left: number }) {
  const segments: string[] = [];
  let isOpen = false;
  spend.points.forEach((point, index) => {
    if (point.averageUsd === null) {
      isOpen = false;
      return;
    }
    const x = index + 0.5;
    const y = 1 - toGeometry(point.averageUsd) / spend.top;
    segments.push(`${isOpen ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(4)}`);
    isOpen = true;
  });
  if (segments.length === 0) return null;
  return (
    <svg
      className="pointer-events-none absolute"
      style={{
        left,
        top: insetTop,
        width: `calc(100% - ${String(left)}px)`,
        height: `calc(100% - ${String(insetTop + insetBottom)}px)`,
      }}
      viewBox={`0 0 ${String(spend.points.length)} 1`}
      preserveAspectRatio="none"
    >
      <path
        d={segments.join("")}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeLinecap="round"
        className="stroke-data-line"
      />
    </svg>
  );
}

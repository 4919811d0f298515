import type { LegendItem } from "./legend";
import type { BucketSize } from "./bucket-time";
import type { Trend } from "./prepare-trend";

export const averageNames = {
  hour: "7-hour average",
  day: "7-day average",
  month: "7-month average",
} as const satisfies Record<BucketSize, string>;

/** What a trend's chart shows, and nothing that it does not. */
export function trendLegend(trend: Trend, shape: "bars" | "lines"): LegendItem[] {
  const box = shape === "bars" ? "box" : "line";
  const drawn = trend.points.filter(({ value }) => value !== null);
  const items: (LegendItem | false)[] = [
    drawn.some(({ isProvisional }) => !isProvisional) && { name: "Final", shape: box, className: "bg-data" },
    drawn.some(({ isProvisional }) => isProvisional) && {
      name: "Provisional",
      shape: box,
      className: "bg-data/45",
    },
    trend.hasAverage && {
      name: averageNames[trend.granularity],
      shape: "line",
      className: "bg-data-line",
    },
    trend.hasPrevious && { name: "Compared", shape: "dashes", className: "border-ink-faint" },
  ];
  return items.filter((item) => item !== false);
}

import type { LegendItem } from "./legend";
import type { SeriesTrend } from "./prepare-series";

export function seriesLegend({ series }: SeriesTrend, shape: "stack" | "lines"): LegendItem[] {
  return series.map(({ name, colour }) => ({
    name,
    shape: shape === "stack" ? "box" : "line",
    className: colour.background,
  }));
}

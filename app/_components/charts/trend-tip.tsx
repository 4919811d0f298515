import { formatFigure } from "@/app/_format/figures";
import { formatChange, formatCount, plural } from "@/app/_format/quantities";
import { changeOf } from "@/app/_format/money";
import { ChartTip, TipFigures, TipRow } from "./chart-tip";
import type { Trend, TrendPoint } from "./prepare-trend";
import { averageNames } from "./trend-legend";

/** What is known of one bucket. */
export function TrendTip({ trend, point }: { trend: Trend; point: TrendPoint }) {
  const { label, kind, granularity } = trend;
  const note = point.isRunning ? "so far" : point.isProvisional ? "provisional" : undefined;
  if (point.calls === null && point.previous === null) {
    return (
      <ChartTip title={point.title}>
        <p className="text-ink-muted">Nothing known yet</p>
      </ChartTip>
    );
  }
  const change =
    point.value === null || point.previous === null ? null : changeOf(point.value, point.previous);
  return (
    <ChartTip title={point.title} note={note}>
      <TipFigures>
        <TipRow name={label} isMain>
          {point.value === null ? "–" : formatFigure(kind, point.value)}
        </TipRow>
        {point.average !== null && (
          <TipRow name={averageNames[granularity]}>{formatFigure(kind, point.average)}</TipRow>
        )}
        {point.previous !== null && (
          <TipRow name={point.previousTitle ?? "Compared"}>
            {formatFigure(kind, point.previous)}
            {change !== null && ` (${formatChange(change)})`}
          </TipRow>
        )}
        {kind !== "count" && point.calls !== null && <TipRow name="Calls">{formatCount(point.calls)}</TipRow>}
      </TipFigures>
      {point.unpricedCalls > 0 && (
        <p className="mt-0.5 text-warn">+ {plural(point.unpricedCalls, "call")} unpriced</p>
      )}
    </ChartTip>
  );
}

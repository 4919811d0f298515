import { formatFigure } from "@/app/_format/figures";
import { plural } from "@/app/_format/quantities";
import { ChartTip, TipFigures, TipRow } from "./chart-tip";
import { rankedAt, type SeriesTrend } from "./prepare-series";

/** One bucket's series, the largest first. */
export function SeriesTip({ trend, at, isStacked }: { trend: SeriesTrend; at: number; isStacked: boolean }) {
  const point = trend.points[at];
  if (!point) return null;
  const note = point.isRunning ? "so far" : point.isProvisional ? "provisional" : undefined;
  const rows = rankedAt(trend, at);
  return (
    <ChartTip title={point.title} note={note}>
      {rows.length === 0 ? (
        <p className="text-ink-muted">Nothing known</p>
      ) : (
        <TipFigures>
          {isStacked && point.total !== null && (
            <TipRow name={trend.label} isMain>
              {formatFigure(trend.kind, point.total)}
            </TipRow>
          )}
          {rows.map(({ series, value }) => (
            <TipRow key={series.id} name={series.name} dot={series.colour.background}>
              {formatFigure(trend.kind, value)}
            </TipRow>
          ))}
        </TipFigures>
      )}
      {point.unpricedCalls > 0 && (
        <p className="mt-0.5 text-warn">+ {plural(point.unpricedCalls, "call")} unpriced</p>
      )}
    </ChartTip>
  );
}

import { plural } from "@/app/_format/quantities";
import { Figure } from "../figure";
import type { SeriesTrend } from "./prepare-series";
import { BucketBadge } from "./trend-table";

const bucketNames = { hour: "Hour", day: "Day", month: "Month" } as const;
const cell = "px-3 py-1.5 text-right whitespace-nowrap last:pr-5";

/** Series in figures, the latest bucket first; wide ones are scrolled inside of their box. */
export function SeriesTable({ trend, isStacked }: { trend: SeriesTrend; isStacked: boolean }) {
  const { series, kind, label, granularity } = trend;
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">
        {label} by {granularity}, the latest first; a column for each of{" "}
        {plural(series.length, "series", "series")}
      </caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            {bucketNames[granularity]}
          </th>
          {isStacked && (
            <th scope="col" className={`${cell} font-medium`}>
              Total
            </th>
          )}
          {series.map(({ id, name, colour }) => (
            <th key={id} scope="col" className={`${cell} max-w-36 truncate font-medium`} title={name}>
              <span aria-hidden className={`mr-1.5 inline-block size-2 rounded-[2px] ${colour.background}`} />
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {[...trend.points].reverse().map((point) => (
          <tr key={point.bucket}>
            <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap sm:px-5">
              {point.title} <BucketBadge point={point} />
            </th>
            {isStacked && (
              <td className={`${cell} font-medium`}>
                <Figure kind={kind} value={point.total} />
                {point.unpricedCalls > 0 && (
                  <p className="text-xs font-normal text-warn">
                    + {plural(point.unpricedCalls, "call")} unpriced
                  </p>
                )}
              </td>
            )}
            {series.map(({ id }, n) => (
              <td key={id} className={`${cell} text-ink-muted`}>
                <Figure kind={kind} value={point.values[n] ?? null} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { formatCount, plural } from "@/app/_format/quantities";
import { Figure } from "../figure";
import { Badge } from "../ui/badge";
import { isMarked, type Marked } from "./marked-stretch";
import type { Trend, TrendPoint } from "./prepare-trend";
import { averageNames } from "./trend-legend";

const cell = "px-2 py-1.5 text-right last:pr-4 sm:px-3 sm:last:pr-5";
const bucketNames = { hour: "Hour", day: "Day", month: "Month" } as const;

/** The state of a bucket in words. */
export function BucketBadge({ point }: { point: Pick<TrendPoint, "isRunning" | "isProvisional"> }) {
  if (point.isRunning) return <Badge>so far</Badge>;
  return point.isProvisional ? <Badge>provisional</Badge> : null;
}

/** A trend in figures, the latest bucket first. */
export function TrendTable({ trend, marked }: { trend: Trend; marked?: Marked }) {
  const { label, kind, granularity, hasAverage, hasPrevious } = trend;
  const isCount = kind === "count" && label === "Calls";
  const heads = [
    label,
    hasPrevious && "Compared",
    hasAverage && averageNames[granularity],
    !isCount && "Calls",
  ];
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">
        {label} by {granularity}, the latest first
      </caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            {bucketNames[granularity]}
          </th>
          {heads.map(
            (head) =>
              head !== false && (
                <th key={head} scope="col" className={`${cell} font-medium`}>
                  {head}
                </th>
              ),
          )}
        </tr>
      </thead>
      <tbody className="divide-y">
        {trend.points
          .map((point, at) => ({ point, at }))
          .reverse()
          .map(({ point, at }) => (
            <tr key={point.bucket}>
              <th scope="row" className="px-4 py-1.5 text-left font-normal sm:px-5">
                {point.title} <BucketBadge point={point} />{" "}
                {isMarked(marked, at) && <Badge tone="bad">{marked?.label}</Badge>}
              </th>
              <td className={cell}>
                <Figure kind={kind} value={point.value} />
                {point.unpricedCalls > 0 && (
                  <p className="text-xs text-warn">+ {plural(point.unpricedCalls, "call")} unpriced</p>
                )}
              </td>
              {hasPrevious && (
                <td className={`${cell} text-ink-muted`} title={point.previousTitle ?? undefined}>
                  <Figure kind={kind} value={point.previous} />
                </td>
              )}
              {hasAverage && (
                <td className={`${cell} text-ink-muted`}>
                  <Figure kind={kind} value={point.average} />
                </td>
              )}
              {!isCount && (
                <td className={`${cell} text-ink-muted`}>
                  {point.calls === null ? "–" : formatCount(point.calls)}
                </td>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

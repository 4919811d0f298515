import { Money } from "@/app/_components/money";
import { formatCount } from "@/app/_format/quantities";
import type { FiresChart } from "./prepare-fires";

const cell = "px-3 py-1.5 text-right whitespace-nowrap last:pr-4 sm:last:pr-5";

/** Days in figures, the latest first. */
export function FiresTable({ chart, isCompared }: { chart: FiresChart; isCompared: boolean }) {
  const runs = isCompared ? (["saved", "draft"] as const) : (["saved"] as const);
  const names = { saved: "As saved", draft: "Draft" } as const;
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">Cost by day and what would have been told, the latest first</caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            Day
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            Cost
          </th>
          {runs.map((run) => (
            <th key={run} scope="col" className={`${cell} font-medium`}>
              {names[run]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {[...chart.days].reverse().map((day) => (
          <tr key={day.day}>
            <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap sm:px-5">
              {day.title}
            </th>
            <td className={cell}>{day.costUsd === null ? "–" : <Money usd={day.costUsd} />}</td>
            {runs.map((run) => (
              <td key={run} className={cell}>
                {formatCount(day[run].fires)}
                {day[run].noise > 0 && (
                  <span className="text-ink-muted"> ({formatCount(day[run].noise)} noise)</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Money } from "@/app/_components/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { Grain } from "@/server/activity/schemas";
import { intervalWords, periodName } from "./prepare-cohorts";

type Cohort = Outputs["reports"]["retention"]["cohorts"][number];
type Cell = Cohort["cells"][number];

const heads = ["There", "Share", "95 % interval", "Cost", "A user", "Unpriced", "Had left", "Had cost"];

function Share({ cell }: { cell: Cell }) {
  if (cell.share === null) return <span className="text-ink-muted">too few</span>;
  return <>{formatShare(Number(cell.share))}</>;
}

/** All that is known of a cohort, a line for each period since. */
export function CohortDetails({ cohort, grain }: { cohort: Cohort; grain: Grain }) {
  const name = periodName(cohort.cohort, grain);
  return (
    <table className="figures sticky left-5 rounded-md border text-xs">
      <caption className="sr-only">
        {plural(cohort.users, "user")} who were first there in {name}
      </caption>
      <thead className="text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-3 py-1.5 text-left font-medium">
            {grain === "month" ? "Month" : "Week of"}
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className="px-3 py-1.5 text-right font-medium whitespace-nowrap">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {cohort.cells.map((cell) => (
          <tr key={cell.period} className="text-right whitespace-nowrap">
            <th scope="row" className="px-3 py-1 text-left font-normal">
              {periodName(cell.period, grain)}
              {cell.isRunning && <span className="text-ink-muted"> so far</span>}
            </th>
            <td className="px-3 py-1">{formatCount(cell.activeUsers)}</td>
            <td className="px-3 py-1">
              <Share cell={cell} />
            </td>
            <td className="px-3 py-1 text-ink-muted">
              {cell.low === null || cell.high === null ? "–" : intervalWords(cell.low, cell.high)}
            </td>
            <td className="px-3 py-1">
              <Money usd={cell.costUsd} />
            </td>
            <td className="px-3 py-1">{cell.costPerUserUsd === null ? "–" : <Money usd={cell.costPerUserUsd} />}</td>
            <td className="px-3 py-1">{cell.unpricedCalls === 0 ? "–" : plural(cell.unpricedCalls, "call")}</td>
            <td className="px-3 py-1">{cell.leftUsers === 0 ? "–" : formatCount(cell.leftUsers)}</td>
            <td className="px-3 py-1">{cell.leftUsers === 0 ? "–" : <Money usd={cell.leftCostUsd} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  ); // prettier-ignore
}

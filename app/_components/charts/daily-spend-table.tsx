import { formatDayLong } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { Badge } from "../ui/badge";
import { Money } from "../money";
import type { DailySpend } from "./prepare-daily-spend";

const cell = "px-4 py-1.5 text-right sm:px-5";

/** The chart in figures, the latest day first. */
export function DailySpendTable({ spend }: { spend: DailySpend }) {
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">Spend of each day and its 7-day average</caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            Day
          </th>
          {["Spend", "7-day average", "Calls"].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {[...spend.points].reverse().map((point) => (
          <tr key={point.day}>
            <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap sm:px-5">
              {formatDayLong(point.day)}{" "}
              {point.isToday ? <Badge>so far</Badge> : point.isProvisional && <Badge>provisional</Badge>}
            </th>
            <td className={cell}>{point.costUsd === null ? "–" : <Money usd={point.costUsd} />}</td>
            <td className={`${cell} text-ink-muted`}>
              {point.averageUsd === null ? "–" : <Money usd={point.averageUsd} />}
            </td>
            <td className={`${cell} text-ink-muted`}>
              {point.costUsd === null ? "–" : formatCount(point.calls)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

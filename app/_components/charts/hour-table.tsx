import { Figure } from "../figure";
import { type HourGrid, hourName, hours } from "./prepare-hours";

/** The heat map in figures: a row for each hour, a column for each weekday. */
export function HourTable({ grid }: { grid: HourGrid }) {
  return (
    <table className="figures w-full text-xs sm:text-sm">
      <caption className="sr-only">{grid.label} by hour and weekday</caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="py-2 pl-4 text-left font-medium sm:px-5">
            Hour
          </th>
          {grid.rows.map(({ weekday, name }) => (
            <th
              key={weekday}
              scope="col"
              className="px-1.5 py-2 text-right font-medium last:pr-4 sm:px-3 sm:last:pr-5"
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {hours.map((hour) => (
          <tr key={hour}>
            <th scope="row" className="py-1.5 pl-4 text-left font-normal sm:px-5">
              {hourName(hour)}
            </th>
            {grid.rows.map(({ weekday, cells }) => (
              <td key={weekday} className="px-1.5 py-1.5 text-right last:pr-4 sm:px-3 sm:last:pr-5">
                <Figure kind={grid.kind} value={cells[hour]?.value ?? null} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { formatTotal } from "@/app/_format/money";
import { Money } from "../money";
import { Badge } from "../ui/badge";
import type { Fan } from "./prepare-fan";

const cell = "px-2 py-1.5 text-right whitespace-nowrap last:pr-4 sm:px-3 sm:last:pr-5";

/** A fan in figures, day by day from the first. */
export function FanTable({ fan, caption }: { fan: Fan; caption: string }) {
  const hasForecast = fan.days.some(({ forecast }) => forecast !== null);
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            Day
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            Cost
          </th>
          <th scope="col" className={`${cell} font-medium`}>
            Up to then
          </th>
          {hasForecast && (
            <th scope="col" className={`${cell} font-medium`}>
              Four of five cases
            </th>
          )}
        </tr>
      </thead>
      <tbody className="divide-y">
        {fan.days.map(({ day, title, isToday, costUsd, expectedUsd, soFarUsd, forecast }) => (
          <tr key={day}>
            <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap sm:px-5">
              {title} {isToday && <Badge>so far</Badge>}
            </th>
            <td className={cell}>
              {costUsd !== null ? (
                <Money usd={costUsd} />
              ) : expectedUsd !== null ? (
                <span className="text-ink-muted">about {formatTotal(expectedUsd)}</span>
              ) : (
                <span title="Not known">–</span>
              )}
            </td>
            <td className={cell}>
              {soFarUsd !== null ? (
                <Money usd={soFarUsd} />
              ) : forecast ? (
                <span className="text-ink-muted">about {formatTotal(forecast.expectedUsd)}</span>
              ) : (
                <span title="Not known">–</span>
              )}
            </td>
            {hasForecast && (
              <td className={`${cell} text-ink-muted`}>
                {forecast ? `${formatTotal(forecast.lowUsd)} – ${formatTotal(forecast.highUsd)}` : ""}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

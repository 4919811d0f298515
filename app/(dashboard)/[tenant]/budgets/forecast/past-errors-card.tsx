import { Card, CardHeader } from "@/app/_components/ui/card";
import { toGeometry } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { ForecastAnswer } from "./subject-forecast";

const head = "px-3 py-2 text-right font-medium last:pr-4 sm:last:pr-5";
const cell = "px-3 py-1.5 text-right whitespace-nowrap last:pr-4 sm:last:pr-5";
const share = (value: string | null) => (value === null ? "–" : formatShare(toGeometry(value)));

/** How good forecasts of this subject were: one from each of its past days, told by the days before it alone. */
export function PastErrorsCard({ errors }: { errors: ForecastAnswer["pastErrors"] }) {
  return (
    <Card>
      <CardHeader
        title="How good its forecasts were"
        hint="One from each past day, made of what was known then and held against what came. The bounds are to hold in 80%."
      />
      <div className="overflow-x-auto border-t" tabIndex={0} role="region" aria-label="Past errors">
        <table className="figures w-full text-sm">
          <caption className="sr-only">Errors of past forecasts by days ahead</caption>
          <thead className="text-2xs text-ink-faint">
            <tr>
              <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
                Ahead
              </th>
              <th scope="col" className={head}>
                Forecasts
              </th>
              <th scope="col" className={head}>
                Within bounds
              </th>
              <th scope="col" className={head}>
                Mean error
              </th>
              <th scope="col" className={head}>
                At the present rate
              </th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {errors.map(({ days, forecasts, covered, weekdayAware, burnRate }) => (
              <tr key={days}>
                <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap sm:px-5">
                  {plural(days, "day")}
                </th>
                <td className={cell}>{forecasts === 0 ? "none yet" : formatCount(forecasts)}</td>
                <td className={cell}>{share(covered)}</td>
                <td className={cell}>{share(weekdayAware)}</td>
                <td className={`${cell} text-ink-muted`}>{share(burnRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

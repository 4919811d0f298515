import { formatDay } from "@/app/_format/dates";
import { formatTotal, formatTotalChange, toGeometry } from "@/app/_format/money";
import { formatShare } from "@/app/_format/quantities";
import { Money } from "@/app/_components/money";
import { cn } from "@/app/_components/ui/class-names";
import type { BudgetRow } from "./budgets";
import { reasonWords } from "./words";

type Status = Pick<BudgetRow, "forecast" | "reason" | "gapUsd" | "passedOn" | "pastError">;

/** What the period will have cost, and between what four of five cases lie; or why nobody can tell. */
export function ForecastCell({ forecast, reason }: Pick<Status, "forecast" | "reason">) {
  if (!forecast) {
    const why = reason ? reasonWords[reason] : "Not known";
    return (
      <span className="text-ink-muted" title={why}>
        –<span className="sr-only"> {why}</span>
      </span>
    );
  }
  const { expectedUsd, lowUsd, highUsd } = forecast;
  const rough = forecast.reason ? reasonWords[forecast.reason] : "Four of five cases lie between";
  return (
    <span className="inline-flex flex-col items-end align-middle whitespace-nowrap">
      <Money usd={expectedUsd} className="text-ink" />
      <span className="text-xs text-ink-muted" title={rough}>
        {formatTotal(lowUsd)} – {formatTotal(highUsd)}
        {forecast.reason && <span className="sr-only"> {rough}</span>}
      </span>
    </span>
  );
}

/** Forecast less amount, and the day on which the amount is passed. */
export function GapCell({ gapUsd, passedOn }: Pick<Status, "gapUsd" | "passedOn">) {
  if (gapUsd === null) return <span className="text-ink-muted">–</span>;
  const isOver = toGeometry(gapUsd) > 0;
  return (
    <span className="inline-flex flex-col items-end align-middle whitespace-nowrap">
      <data value={gapUsd} className={cn("figures", isOver && "text-bad")}>
        {formatTotalChange(gapUsd)}
      </data>
      {passedOn !== null && <span className="text-xs text-ink-muted">on {formatDay(passedOn)}</span>}
    </span>
  );
}

/** How far forecasts were off; pointing at it tells the burn rate's. */
export function ErrorCell({ pastError }: Pick<Status, "pastError">) {
  if (!pastError) return <span className="text-ink-faint" title="No forecast has come due yet">–</span>; // prettier-ignore
  const { days, weekdayAware, burnRate } = pastError;
  return (
    <span
      className="text-ink-muted"
      title={`Forecasts ${String(days)} days ahead were off by so much on average; at the burn rate by ${formatShare(toGeometry(burnRate))}`}
    >
      ±{formatShare(toGeometry(weekdayAware))}
    </span>
  );
}

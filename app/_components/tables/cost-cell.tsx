import { formatCompact, plural } from "@/app/_format/quantities";
import { percent } from "../charts/plot-scale";
import { Money } from "../money";
import { cn } from "../ui/class-names";

interface CostCellProps {
  costUsd: string;
  calls: number;
  unpricedCalls: number;
  /** Length of the bar against the longest, 0 to 1; without, there is no bar. */
  length?: number;
}

/** What calls cost. Calls without a price are counted beside it; where no call has one, no amount is claimed. */
export function CostCell({ costUsd, calls, unpricedCalls, length }: CostCellProps) {
  const isUnknown = unpricedCalls > 0 && unpricedCalls === calls;
  return (
    <span className="inline-flex min-w-16 @md:w-full flex-col items-end align-middle whitespace-nowrap">
      {isUnknown ? (
        <span className="text-warn" title={`${plural(calls, "call")}, none of them with a price`}>
          unpriced
        </span>
      ) : (
        <Money usd={costUsd} className="font-medium text-ink" />
      )}
      {!isUnknown && unpricedCalls > 0 && (
        <span className="text-xs text-warn" title={`+ ${plural(unpricedCalls, "call")} unpriced`}>
          + {formatCompact(unpricedCalls)} unpriced
        </span>
      )}
      {length !== undefined && (
        <span
          aria-hidden
          data-bar
          className="mt-1 flex h-1 w-full justify-end overflow-hidden rounded-full bg-sunken"
        >
          <span
            className={cn("h-full rounded-full bg-data", isUnknown && "hatched")}
            style={{ width: percent(isUnknown ? 1 : Math.min(1, Math.max(length, 0))) }}
          />
        </span>
      )}
    </span>
  );
}

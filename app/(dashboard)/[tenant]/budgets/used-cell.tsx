import { percent } from "@/app/_components/charts/plot-scale";
import { Money } from "@/app/_components/money";
import { cn } from "@/app/_components/ui/class-names";
import { toGeometry } from "@/app/_format/money";
import { formatCompact, formatShare, plural } from "@/app/_format/quantities";
import { addDays } from "@/server/calendar/local-day";
import { Explain } from "../_explain/explain";
import type { BudgetRow } from "./budgets";
import { prepareUsed } from "./prepare-used";

const tones = { fine: "bg-data", warned: "bg-warn", exceeded: "bg-bad" } as const;

type UsedCellProps = Pick<BudgetRow, "budget" | "period" | "usedUsd" | "usedShare" | "unpricedCalls">;

/** What was used of a budget, with marks where somebody is told. Calls without a price are beside it. */
export function UsedCell({ budget, period, usedUsd, usedShare, unpricedCalls }: UsedCellProps) {
  const { subject, thresholds } = budget;
  const used = toGeometry(usedShare);
  const bar = prepareUsed(used, thresholds);
  return (
    <span className="inline-flex min-w-24 flex-col align-middle whitespace-nowrap @md:w-full">
      <span className="flex items-baseline justify-between gap-3">
        <Explain
          figure="costUsd"
          scope={{ from: period.first, to: addDays(period.last, 1), filter: {} }}
          group={subject.kind === "tenant" ? undefined : { by: subject.kind, key: subject.key }}
        >
          <Money usd={usedUsd} className="font-medium text-ink" />
        </Explain>
        <span className={cn("text-xs", bar.tone === "exceeded" ? "text-bad" : "text-ink-muted")}>
          {formatShare(used)}
        </span>
      </span>
      <span
        aria-hidden
        data-bar
        title={`Told at ${thresholds.map((per) => `${String(per)}%`).join(", ")}`}
        className="relative mt-1.5 mb-0.5 block h-1.5 w-full rounded-full bg-sunken"
      >
        <span
          className={cn("block h-full rounded-full", tones[bar.tone])}
          style={{ width: percent(bar.length) }}
        />
        {bar.marks.map(({ per, at }) => (
          <span key={per} className="absolute -inset-y-0.5 w-px bg-ink-faint" style={{ left: percent(at) }} />
        ))}
      </span>
      {unpricedCalls > 0 && (
        <span className="text-xs text-warn" title={`+ ${plural(unpricedCalls, "call")} unpriced`}>
          + {formatCompact(unpricedCalls)} unpriced
        </span>
      )}
    </span>
  );
}

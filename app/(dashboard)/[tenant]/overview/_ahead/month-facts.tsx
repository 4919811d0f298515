import type { ReactNode } from "react";
import { Money } from "@/app/_components/money";
import { cn } from "@/app/_components/ui/class-names";
import { formatTotal } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";
import { gapWords, monthlyAmount } from "../../budgets/forecast/outlook";
import { reasonWords } from "../../budgets/words";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="figures mt-0.5">{children}</dd>
    </div>
  );
}

const small = "block text-xs text-ink-muted";

/** What the month has cost, will cost and may cost. Short lines: a paragraph that comes late would be the page's largest. */
export function MonthFacts({ answer }: { answer: Outputs["budgets"]["forecast"] }) {
  const { usedUsd, forecast, reason } = answer;
  const amountUsd = monthlyAmount(answer);
  const gap = forecast && amountUsd !== null ? gapWords(forecast.expectedUsd, amountUsd) : null;
  return (
    <dl className="mb-3 grid grid-cols-3 gap-3 pl-2 text-sm">
      <Fact label="Spent so far">
        <Money usd={usedUsd} className="font-semibold" />
      </Fact>
      <Fact label="By its end, about">
        {forecast ? (
          <>
            <Money usd={forecast.expectedUsd} className="font-semibold" />
            <span className={small} title="Four of five cases lie between">
              {formatTotal(forecast.lowUsd)} – {formatTotal(forecast.highUsd)}
            </span>
          </>
        ) : (
          <span className="text-ink-muted" title={reason ? reasonWords[reason] : undefined}>
            not known yet
          </span>
        )}
      </Fact>
      <Fact label="Budget">
        {amountUsd === null ? (
          <span className="text-ink-muted">none</span>
        ) : (
          <Money usd={amountUsd} className="font-semibold" />
        )}
        {gap && <span className={cn(small, gap.isOver && "text-bad")}>{gap.words}</span>}
      </Fact>
    </dl>
  );
}

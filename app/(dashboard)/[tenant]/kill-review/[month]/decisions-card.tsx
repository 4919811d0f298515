import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatDayLong } from "@/app/_format/dates";
import { formatTotal, formatTotalChange } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import type { MeasuredDecision, Saving } from "@/server/kill-review/schemas";
import { stateTones, stateWords, stretchName, suggestionWords, verdictTones, verdictWords } from "../words";

function SavingLine({ saving }: { saving: Saving }) {
  const { baseline, savedUsd, actualUsd, unpricedCalls, verdict } = saving;
  return (
    <li className="figures flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span>{stretchName(saving)}</span>
      <Badge tone={verdictTones[verdict]}>{verdictWords[verdict]}</Badge>
      {savedUsd !== null && <strong className="font-semibold">{formatTotalChange(savedUsd)}</strong>}
      <span className="text-xs text-ink-muted">
        {baseline
          ? `expected ${formatTotal(baseline.expectedUsd)} (${formatTotal(baseline.lowUsd)} to ${formatTotal(baseline.highUsd)}), spent ${formatTotal(actualUsd)}`
          : `spent ${formatTotal(actualUsd)}; too little was known to expect anything`}
        {unpricedCalls > 0 && `; + ${plural(unpricedCalls, "call")} unpriced`}
      </span>
    </li>
  );
}

/** What earlier decisions came to by the end of the month, as it was found then. */
export function DecisionsCard({ decisions }: { decisions: readonly MeasuredDecision[] }) {
  if (decisions.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Earlier decisions"
        hint="What was spent against the forecast without the decision. Saved: less than the forecast's interval; not yet visible: within it."
      />
      {decisions.map((decision) => (
        <article
          key={decision.feature}
          aria-label={`Decision about ${decision.feature}`}
          className="space-y-2 border-t px-4 py-3 sm:px-5 print:break-inside-avoid"
        >
          <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <strong className="font-semibold wrap-anywhere">
              {suggestionWords[decision.decision]} {decision.feature}
              {decision.mergeInto !== null && ` into ${decision.mergeInto}`}
            </strong>
            <Badge tone={stateTones[decision.state]}>{stateWords[decision.state]}</Badge>
            <span className="text-xs text-ink-muted">due {formatDayLong(decision.dueOn)}</span>
          </h3>
          {decision.savings.length === 0 ? (
            <p className="text-xs text-ink-muted">
              Nothing to measure yet: no day after its due date lay in the month.
            </p>
          ) : (
            <ul className="space-y-1">
              {decision.savings.map((saving) => (
                <SavingLine key={saving.first} saving={saving} />
              ))}
            </ul>
          )}
        </article>
      ))}
    </Card>
  );
}

import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatDayLong } from "@/app/_format/dates";
import { useMemberNames } from "../../_components/names";
import { personName, stateTones, stateWords, suggestionWords } from "../words";
import type { ShownDecision } from "./draft-decision";

interface DecidedProps {
  feature: string;
  decision: ShownDecision | null;
  /** Null: who looks may not decide. */
  onDecide: (() => void) | null;
  onWithdraw: (() => void) | null;
}

/** What holds of a feature, and the way to decide about it. */
export function Decided({ feature, decision, onDecide, onWithdraw }: DecidedProps) {
  const names = useMemberNames();
  if (!decision || decision.decision === "withdrawn")
    return onDecide === null ? (
      <p className="text-xs text-ink-muted">Nothing was decided yet.</p>
    ) : (
      <Button
        variant="primary"
        size="sm"
        className="print:hidden"
        aria-label={`Decide about ${feature}`}
        onClick={onDecide}
      >
        Decide
      </Button>
    );
  return (
    <div className="rounded-md border bg-sunken px-3 py-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="font-semibold">
          Decided: {suggestionWords[decision.decision]}
          {decision.mergeInto !== null && ` into ${decision.mergeInto}`}
        </strong>
        <Badge tone={stateTones[decision.state]}>{stateWords[decision.state]}</Badge>
        <span className="text-xs text-ink-muted">
          {decision.dueOn !== null && `due ${formatDayLong(decision.dueOn)}, `}by{" "}
          {personName(names, decision.decidedBy)}, owner: {personName(names, decision.ownerId)}
        </span>
      </p>
      <p className="mt-1 wrap-anywhere">{decision.reason}</p>
      {onDecide !== null && (
        <p className="mt-2 flex gap-2 print:hidden">
          <Button size="sm" aria-label={`Change the decision about ${feature}`} onClick={onDecide}>
            Change
          </Button>
          {onWithdraw !== null && (
            <Button size="sm" aria-label={`Withdraw the decision about ${feature}`} onClick={onWithdraw}>
              Withdraw
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

import { ChangeMark } from "@/app/_components/change-mark";
import { prepareChange } from "@/app/_components/prepare-change";
import { Badge } from "@/app/_components/ui/badge";
import { Callout } from "@/app/_components/ui/callout";
import { formatExact } from "@/app/_format/money";
import { formatCount, plural } from "@/app/_format/quantities";
import type { WhyAnswer, WhySide } from "@/server/analytics/why-schemas";
import { amountWords, changeWords } from "./amounts";
import { noteWords } from "./words";

function Amount({ side, measure }: { side: WhySide; measure: WhyAnswer["measure"] }) {
  if (side.usd === null) return <span title="No priced call">–</span>;
  return <span title={`${formatExact(side.usd)} USD`}>{amountWords(side.usd, measure)}</span>;
}

interface ChangeHeadProps {
  answer: WhyAnswer;
  /** "15 – 21 Nov", and the stretch before. */
  beforeWords: string;
  afterWords: string;
}

/** How much it changed, between which stretches, and what the two amounts lack. */
export function ChangeHead({ answer, beforeWords, afterWords }: ChangeHeadProps) {
  const { before, after, deltaUsd, measure, notes, watermark } = answer;
  const corrections = [before.corrections, after.corrections].flatMap((booked) => booked ?? []);
  const corrected = corrections.reduce((sum, { calls }) => sum + calls, 0);
  const isProvisional = after.to > watermark.finalThrough;
  return (
    <div className="space-y-3">
      <div>
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <span
            data-testid="why-delta"
            className="figures text-[1.75rem]/9 font-semibold tracking-tight"
            title={deltaUsd === null ? undefined : `${formatExact(deltaUsd)} USD`}
          >
            {deltaUsd === null ? "–" : changeWords(deltaUsd, measure)}
          </span>
          <ChangeMark
            change={prepareChange({
              current: after.usd,
              previous: before.usd,
              isThere: after.calls > 0,
              wasThere: before.calls > 0,
            })}
            className="text-sm"
          />
          {isProvisional && <Badge tone="warn">provisional</Badge>}
        </p>
        <p className="figures mt-0.5 text-sm text-ink-muted">
          {measure === "costPerCall" && "A priced call: "}
          <Amount side={before} measure={measure} /> → <Amount side={after} measure={measure} />
          {", "}
          {formatCount(before.calls)} → {plural(after.calls, "call")}
        </p>
        <p className="mt-0.5 text-xs text-ink-muted">
          {afterWords} against {beforeWords}
        </p>
      </div>
      {before.unpricedCalls + after.unpricedCalls > 0 && (
        <Callout tone="warn">
          + {formatCount(before.unpricedCalls)} → {plural(after.unpricedCalls, "call")} unpriced: their cost
          is unknown and in neither amount.
        </Callout>
      )}
      {corrected > 0 && (
        <Callout>
          {plural(corrected, "correction")} of closed months booked in these stretches stand beside the
          amounts, not in them.
        </Callout>
      )}
      {notes.map((note) => (
        <Callout key={note}>{noteWords[note]}</Callout>
      ))}
    </div>
  );
}

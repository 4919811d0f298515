import { ArrowRight } from "lucide-react";
import { Money } from "@/app/_components/money";
import { Callout } from "@/app/_components/ui/callout";
import { formatTotal } from "@/app/_format/money";
import { formatCount, plural } from "@/app/_format/quantities";
import { settableLabels } from "./rule-words";
import type { PreviewFigures } from "./use-preview";

const shown = 8;

/** What would move, from which value to which; amounts stay as they are. */
export function PreviewResult({ figures }: { figures: PreviewFigures }) {
  const { calls, costUsd, unpricedCalls, frozenCalls, frozenCostUsd, moves, truncated } = figures;
  const rest = moves.length - shown;
  return (
    <section aria-label="Preview" className="space-y-2">
      <div className="rounded-lg border">
        <p className="px-3 py-2.5 text-sm">
          {calls === 0 ? (
            "No call of these days would change."
          ) : (
            <>
              <strong className="figures">{plural(calls, "call")}</strong> and{" "}
              <Money usd={costUsd} className="font-semibold" /> would move
              {unpricedCalls > 0 && `, ${plural(unpricedCalls, "call")} of them unpriced`}. The total stays as
              it is.
            </>
          )}
        </p>
        {moves.length > 0 && (
          <ul className="figures divide-y border-t text-sm">
            {moves.slice(0, shown).map((move) => (
              <li
                key={`${move.field} ${move.from ?? "\u0000"}`}
                className="flex items-center justify-between gap-3 px-3 py-1.5"
              >
                <span className="flex min-w-0 items-center gap-1.5">
                  <span className="text-xs text-ink-faint">{settableLabels[move.field]}</span>
                  <span className={move.from === null ? "text-ink-muted italic" : "truncate"}>
                    {move.from ?? "none"}
                  </span>
                  <ArrowRight aria-label="becomes" className="size-3.5 shrink-0 text-ink-faint" />
                  <span className="truncate font-medium">{move.to}</span>
                </span>
                <span className="shrink-0 text-right">
                  <span className="mr-3 text-xs text-ink-muted">{formatCount(move.calls)}</span>
                  <Money usd={move.costUsd} />
                </span>
              </li>
            ))}
            {(rest > 0 || truncated) && (
              <li className="px-3 py-1.5 text-xs text-ink-muted">
                {truncated ? "and more than a hundred others" : `and ${plural(rest, "other")}`}
              </li>
            )}
          </ul>
        )}
      </div>
      {frozenCalls > 0 && (
        <Callout tone="warn">
          {plural(frozenCalls, "call")} of closed months ({formatTotal(frozenCostUsd)}) would stay as they
          are.
        </Callout>
      )}
    </section>
  );
}

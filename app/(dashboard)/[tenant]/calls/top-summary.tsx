import { Money } from "@/app/_components/money";
import { formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

type Answer = Pick<Outputs["calls"]["outliers"], "calls" | "total" | "factor">;

/** How much of the window's cost is far out, of all its calls and not of those listed alone. */
export function TopSummary({ answer: { calls, total, factor } }: { answer: Answer }) {
  if (total.calls === 0) return null;
  const { outliers, outliersUsd, costUsd, unpricedCalls } = total;
  return (
    <section aria-label="Far out" className="figures mb-3 text-sm text-ink-muted">
      <p>
        {outliers === 0 ? (
          <>No call cost more than {factor} times what its feature usually costs.</>
        ) : (
          <>
            <strong className="font-semibold text-ink">{plural(outliers, "call")}</strong> cost more than{" "}
            {factor} times what their feature usually costs:{" "}
            <Money usd={outliersUsd} className="font-semibold text-ink" />.
          </>
        )}{" "}
        {plural(total.calls, "call")} cost <Money usd={costUsd} />
        {calls.length < total.calls && <>; listed are the {formatCount(calls.length)} dearest</>}.
      </p>
      {unpricedCalls > 0 && (
        <p className="text-xs text-warn">
          + {plural(unpricedCalls, "call")} unpriced, which nobody can tell the rank of.
        </p>
      )}
    </section>
  );
}

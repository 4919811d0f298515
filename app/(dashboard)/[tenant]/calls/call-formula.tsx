import { Money } from "@/app/_components/money";
import { formatExact } from "@/app/_format/money";
import { formatDate } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { PriceBadge, priceStatusSentence } from "./price-badge";

/** "per 1M" for 1000000 */
function perLabel(per: number): string {
  if (per === 1) return "each";
  return per === 1_000_000 ? "/ 1M" : per === 1000 ? "/ 1K" : `/ ${formatCount(per)}`;
}

/** The price as a sum that can be checked by hand: units × rate, line by line, down to the last digit. */
export function CallFormula({ call, formula }: Outputs["calls"]["show"]) {
  const { timeZone } = useTenant();
  return (
    <section className="rounded-lg border bg-sunken/50">
      <header className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3">
        <div className="text-2xl font-semibold tracking-tight">
          {call.costUsd === null ? (
            <span className="text-warn">Unpriced</span>
          ) : (
            <Money usd={call.costUsd} unit />
          )}
        </div>
        <PriceBadge status={call.priceStatus} />
      </header>
      <p className="px-4 pt-0.5 pb-3 text-xs text-ink-muted">{priceStatusSentence(call.priceStatus)}</p>
      {formula.lines.length > 0 && (
        <table className="figures w-full border-t text-sm">
          <caption className="sr-only">How the cost adds up</caption>
          <tbody>
            {formula.lines.map((line) => (
              <tr key={line.bucket}>
                <th scope="row" className="py-1.5 pl-4 text-left font-normal text-ink-muted">
                  {line.label}
                </th>
                <td className="py-1.5 text-right whitespace-nowrap">
                  {formatCount(line.units)}
                  <span className="text-ink-faint">
                    {" × "}
                    {formatExact(line.usd)} {perLabel(line.per)}
                    {line.factor !== "1" && ` × ${line.factor}`}
                  </span>
                </td>
                <td className="py-1.5 pr-4 pl-3 text-right whitespace-nowrap">{formatExact(line.costUsd)}</td>
              </tr>
            ))}
          </tbody>
          {call.costUsd !== null && (
            <tfoot>
              <tr className="border-t font-medium">
                <th scope="row" colSpan={2} className="py-1.5 pl-4 text-left font-medium">
                  Sum
                </th>
                <td className="py-1.5 pr-4 text-right">{formatExact(call.costUsd)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
      {formula.notes.length > 0 && (
        <ul className="space-y-1 border-t px-4 py-2 text-xs text-ink-muted">
          {formula.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {!formula.agrees && (
        <p role="alert" className="border-t border-bad-line bg-bad-soft px-4 py-2 text-xs text-bad">
          Worked out again, the formula does not give the stored amount. The stored amount is the one in all
          totals.
        </p>
      )}
      {formula.version !== null && (
        <p className="border-t px-4 py-2 text-xs text-ink-muted">
          Rates of {formula.version.provider} / {formula.version.model}
          {formula.version.validFrom !== null &&
            ` valid from ${formatDate(formula.version.validFrom, timeZone)}`}
          , from {formula.version.source} {formula.version.sourceVersion}
        </p>
      )}
    </section>
  );
}

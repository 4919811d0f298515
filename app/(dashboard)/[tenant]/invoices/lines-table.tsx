import { Money } from "@/app/_components/money";
import { cn } from "@/app/_components/ui/class-names";
import { formatExact } from "@/app/_format/money";
import type { InvoiceLine } from "@/server/invoices/documents";
import type { ReactNode } from "react";
import { priceWords, quantityWords } from "./line-words";

/** A sum beneath the lines. */
export interface LinesTotal {
  label: string;
  usd: string;
  isGrand?: boolean;
}

interface LinesTableProps {
  caption: string;
  lines: readonly InvoiceLine[];
  totals: readonly LinesTotal[];
  /** Quantity and price stand beneath the description on every screen, not on small ones alone. */
  isNarrow?: boolean;
  /** What may be done with a line. */
  actionOf?: (line: InvoiceLine) => ReactNode;
}

const wide = (isNarrow: boolean | undefined) => (isNarrow ? "hidden" : "hidden sm:table-cell");

type RowProps = Pick<LinesTableProps, "isNarrow" | "actionOf"> & { line: InvoiceLine };

function LineRow({ line, isNarrow, actionOf }: RowProps) {
  const quantity = quantityWords(line);
  const price = priceWords(line);
  const product = [quantity, price].filter((words) => words !== null).join(" · ");
  return (
    <tr className="align-top">
      <th scope="row" className="py-2 pr-3 pl-4 text-left font-normal wrap-anywhere sm:pl-5">
        <span className="flex flex-wrap items-center gap-x-2">
          {line.description}
          {actionOf?.(line)}
        </span>
        {product !== "" && <span className={cn("block text-xs text-ink-muted", !isNarrow && "sm:hidden")}>{product}</span>}
      </th>
      <td className={cn(wide(isNarrow), "px-3 py-2 text-right")}>{quantity}</td>
      <td className={cn(wide(isNarrow), "px-3 py-2 text-right whitespace-nowrap")}>{price}</td>
      <td className="py-2 pr-4 pl-3 text-right whitespace-nowrap sm:pr-5" title={`Before it was rounded: ${formatExact(line.exactUsd)} USD`}>
        <Money usd={line.amountUsd} />
      </td>
    </tr>
  );
} // prettier-ignore

/** Lines of an invoice and what they sum to, as they are on paper. */
export function LinesTable({ caption, lines, totals, isNarrow = false, actionOf }: LinesTableProps) {
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b text-xs text-ink-muted">
          <th scope="col" className="py-2 pr-3 pl-4 text-left font-medium sm:pl-5">
            Description
          </th>
          <th scope="col" className={cn(wide(isNarrow), "px-3 py-2 text-right font-medium")}>
            Quantity
          </th>
          <th scope="col" className={cn(wide(isNarrow), "px-3 py-2 text-right font-medium")}>
            Price
          </th>
          <th scope="col" className="py-2 pr-4 pl-3 text-right font-medium sm:pr-5">
            Amount
          </th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {lines.map((line) => (
          <LineRow key={line.n} line={line} isNarrow={isNarrow} actionOf={actionOf} />
        ))}
      </tbody>
      <tfoot className="border-t">
        {totals.map(({ label, usd, isGrand = false }) => (
          <tr key={label} className={cn(isGrand && "border-t text-base font-semibold")}>
            <th scope="row" className={cn("py-2 pr-3 pl-4 text-left sm:pl-5", !isGrand && "font-normal")}>
              {label}
            </th>
            <td className={wide(isNarrow)} />
            <td className={wide(isNarrow)} />
            <td className="py-2 pr-4 pl-3 text-right whitespace-nowrap sm:pr-5">
              <Money usd={usd} />
            </td>
          </tr>
        ))}
      </tfoot>
    </table>
  );
}

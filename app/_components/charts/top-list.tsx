import Link from "next/link";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import { Money } from "../money";
import { cn } from "../ui/class-names";
import type { TopList, TopRow } from "./prepare-top-list";

interface TopListProps {
  list: TopList;
  /** "Feature": what a row is one of. */
  noun: string;
  /** What calls without the tag are called. */
  without: string;
  /** Where a row leads; undefined: nowhere. */
  hrefOf: (key: string | null) => string | undefined;
}

function Name({ row, without, href }: { row: TopRow; without: string; href: string | undefined }) {
  const name = row.key ?? without;
  const look = cn("truncate", row.key === null && "pr-1 text-ink-muted italic");
  if (href === undefined) return <span className={look}>{name}</span>;
  return (
    <Link href={href} className={cn(look, "rounded-sm hover:underline hover:underline-offset-2")}>
      {name}
    </Link>
  );
}

function Amount({ row }: { row: TopRow }) {
  const isAllUnpriced = row.unpricedCalls > 0 && row.unpricedCalls === row.calls;
  if (isAllUnpriced) return <span className="text-xs text-warn">unpriced</span>;
  return (
    <>
      {row.unpricedCalls > 0 && (
        <span className="mr-1 text-warn" title={`+ ${plural(row.unpricedCalls, "call")} unpriced`}>
          +
        </span>
      )}
      <Money usd={row.costUsd} className="font-medium" />
    </>
  );
}

/** A table whose first column carries the bars, so that the chart is its own alternative. */
export function TopListTable({ list, noun, without, hrefOf }: TopListProps) {
  return (
    <table className="w-full table-fixed text-sm">
      <thead className="text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="pb-1.5 pl-4 text-left font-medium sm:pl-5">
            {noun}
          </th>
          <th scope="col" className="w-23 pb-1.5 text-right font-medium">
            Cost
          </th>
          <th scope="col" className="w-18 pr-4 pb-1.5 text-right font-medium sm:w-16 sm:pr-0">
            Share
          </th>
          <th
            scope="col"
            title="Share of this row and all above it"
            className="hidden w-24 pr-5 pb-1.5 text-right font-medium sm:table-cell"
          >
            Cumulative
          </th>
        </tr>
      </thead>
      <tbody className="figures">
        {list.rows.map((row) => (
          <tr key={row.key ?? "\u0000"} className="group">
            <td className="py-0.5 pl-3 sm:pl-4" title={`${row.key ?? without}: ${plural(row.calls, "call")}`}>
              <div className="relative flex h-7 items-center px-2">
                <div
                  aria-hidden
                  style={{ width: `${String(Math.max(row.length * 100, 0.6))}%` }}
                  className={cn(
                    "absolute inset-y-0.5 left-0 rounded-sm transition-colors",
                    row.key === null
                      ? "bg-[repeating-linear-gradient(135deg,var(--line)_0_3px,var(--sunken)_3px_6px)]"
                      : "bg-data-soft group-hover:bg-accent-line",
                  )}
                />
                <span className="relative flex min-w-0">
                  <Name row={row} without={without} href={hrefOf(row.key)} />
                </span>
              </div>
            </td>
            <td className="text-right whitespace-nowrap">
              <Amount row={row} />
            </td>
            <td className="pr-4 text-right text-ink-muted sm:pr-0">
              {row.share === null ? "–" : formatShare(row.share)}
            </td>
            <td className="hidden pr-5 text-right text-ink-faint sm:table-cell">
              {row.cumulative === null ? "–" : formatShare(row.cumulative)}
            </td>
          </tr>
        ))}
        {list.rest && (
          <tr className="text-ink-muted">
            <td className="h-8 pl-5 sm:pl-6">All others ({plural(list.rest.calls, "call")})</td>
            <td className="text-right">
              <Money usd={list.rest.costUsd} />
            </td>
            <td className="pr-4 text-right sm:pr-0">
              {list.rest.share === null ? "–" : formatShare(list.rest.share)}
            </td>
            <td className="hidden pr-5 text-right text-ink-faint sm:table-cell">{formatShare(1)}</td>
          </tr>
        )}
      </tbody>
      <caption className="sr-only">
        Cost by {noun.toLowerCase()}, dearest first, {formatCount(list.rows.length)} rows
      </caption>
    </table>
  );
}

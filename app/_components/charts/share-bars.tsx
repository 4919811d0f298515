import { Link } from "@/app/_components/ui/link";
import { formatMultiple, formatShare, plural } from "@/app/_format/quantities";
import { CostCell } from "../tables/cost-cell";
import { cn } from "../ui/class-names";
import type { LegendItem } from "./legend";
import { percent } from "./plot-scale";
import type { ShareRow } from "./prepare-share-bars";

export const shareBarsLegend: readonly LegendItem[] = [
  { name: "Share of cost", shape: "box", className: "bg-data" },
  { name: "Share of calls", shape: "box", className: "bg-series-rest" },
];

/** So many times its share of calls, and a row deserves a look. */
const heavy = 2;

function Bar({ length, share, className }: { length: number; share: number | null; className: string }) {
  return (
    <span className="flex h-4 items-center gap-2">
      <span className="h-2.5 flex-1">
        <span
          aria-hidden
          className={cn("block h-full min-w-0.5 rounded-[3px]", share === null ? "hatched w-4" : className)}
          style={share === null ? undefined : { width: percent(length) }}
        />
      </span>
      <span className="w-12 text-right text-xs text-ink-muted">
        {share === null ? "–" : formatShare(share)}
      </span>
    </span>
  );
}

interface ShareBarsProps {
  rows: readonly ShareRow[];
  /** "Model": what a row is one of. */
  noun: string;
  without: string;
  hrefOf: (key: string | null) => string | undefined;
}

/** Two bars a row: what it costs and how much it does. A table with bars in it, so it is its own alternative. */
export function ShareBars({ rows, noun, without, hrefOf }: ShareBarsProps) {
  return (
    <table className="figures w-full table-fixed text-sm">
      <caption className="sr-only">Share of cost against share of calls by {noun.toLowerCase()}</caption>
      <thead className="text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="w-[38%] pb-1.5 pl-4 text-left font-medium sm:w-[30%] sm:pl-5">
            {noun}
          </th>
          <th scope="col" className="pb-1.5 text-left font-medium">
            Share of cost, of calls
          </th>
          <th scope="col" className="hidden w-28 pb-1.5 text-right font-medium sm:table-cell">
            Cost
          </th>
          <th
            scope="col"
            className="w-16 pr-4 pb-1.5 text-right font-medium sm:w-20 sm:pr-5"
            title="Share of cost over share of calls"
          >
            Weight
          </th>
        </tr>
      </thead>
      <tbody className="divide-y border-t">
        {rows.map((row) => {
          const href = hrefOf(row.key);
          const name = row.key ?? without;
          const look = cn(
            "block truncate font-medium",
            row.key === null && "font-normal text-ink-muted italic",
          );
          return (
            <tr key={row.key ?? "\u0000"} className="hover:bg-sunken/60">
              <th scope="row" className="py-2 pr-2 pl-4 text-left font-normal sm:pl-5" title={name}>
                {href === undefined ? (
                  <span className={look}>{name}</span>
                ) : (
                  <Link
                    href={href}
                    className={cn(look, "rounded-sm hover:underline hover:underline-offset-2")}
                  >
                    {name}
                  </Link>
                )}
                <span className="block truncate text-xs text-ink-muted">{plural(row.calls, "call")}</span>
              </th>
              <td className="py-2">
                <Bar length={row.costLength} share={row.cost} className="bg-data" />
                <Bar length={row.callLength} share={row.call} className="bg-series-rest" />
              </td>
              <td className="hidden py-2 text-right sm:table-cell">
                <CostCell costUsd={row.costUsd} calls={row.calls} unpricedCalls={row.unpricedCalls} />
              </td>
              <td
                className={cn(
                  "py-2 pr-4 text-right sm:pr-5",
                  row.weight !== null && row.weight >= heavy ? "font-medium text-warn" : "text-ink-muted",
                )}
              >
                {row.weight === null ? "–" : formatMultiple(row.weight)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

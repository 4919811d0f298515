import { cn } from "@/app/_components/ui/class-names";
import { formatExact } from "@/app/_format/money";
import type { WhyMeasure } from "@/server/analytics/why-schemas";
import { amountWords, changeWords } from "./amounts";
import type { Waterfall, WaterfallRow } from "./prepare-waterfall";
import { causeAbout, causeLabel } from "./words";

const percent = (fraction: number) => `${(fraction * 100).toFixed(3)}%`;

const looks = {
  total: "bg-data",
  up: "bg-warn",
  down: "bg-good",
} as const satisfies Record<WaterfallRow["kind"], string>;

function Bar({ row, next, isTorn }: { row: WaterfallRow; next: WaterfallRow | undefined; isTorn: boolean }) {
  return (
    <div aria-hidden className="relative h-7">
      <span
        className={cn("absolute inset-y-1.5 min-w-0.5 rounded-[3px]", looks[row.kind])}
        style={{ left: percent(row.from), width: percent(row.to - row.from) }}
      />
      {isTorn && row.kind === "total" && (
        // The bar begins further left than the axis does.
        <span className="absolute inset-y-0 left-2 w-1.5 -skew-x-12 bg-surface" />
      )}
      {next && (
        <span
          className="absolute top-5.5 h-3 border-l border-dashed border-line-strong"
          style={{ left: percent(Math.min(row.level, 0.998)) }}
        />
      )}
    </div>
  );
}

interface WaterfallTableProps {
  waterfall: Waterfall;
  measure: WhyMeasure;
  /** "1 – 21 Nov": the stretches, as the first and the last row call them. */
  beforeWords: string;
  afterWords: string;
}

/** From the cost before, cause by cause, to the cost after. A table with bars in it, so it is its own alternative. */
export function WaterfallTable({ waterfall, measure, beforeWords, afterWords }: WaterfallTableProps) {
  const { rows, axisFromUsd } = waterfall;
  const nameOf = ({ key }: WaterfallRow) =>
    key === "before" ? beforeWords : key === "after" ? afterWords : causeLabel(key, measure);
  return (
    <>
      <table className="figures w-full table-fixed text-sm">
        <caption className="sr-only">From the cost before to the cost after, by cause</caption>
        <colgroup>
          <col className="w-[36%] sm:w-[30%]" />
          <col />
          <col className="w-24" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Bar</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.key} data-cause={row.key}>
              <th
                scope="row"
                className={cn("truncate pr-2 text-left font-normal", row.kind === "total" && "font-medium")}
                title={row.key === "before" || row.key === "after" ? undefined : causeAbout[row.key]}
              >
                {nameOf(row)}
              </th>
              <td className="p-0">
                <Bar row={row} next={rows[i + 1]} isTorn={axisFromUsd !== null} />
              </td>
              <td
                className={cn(
                  "pl-2 text-right whitespace-nowrap",
                  row.kind === "total" && "font-medium",
                  row.kind === "up" && "text-warn",
                  row.kind === "down" && "text-good",
                )}
                title={`${formatExact(row.usd)} USD`}
              >
                {row.kind === "total" ? amountWords(row.usd, measure) : changeWords(row.usd, measure)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {axisFromUsd !== null && (
        <p className="mt-1 text-2xs text-ink-faint">
          The bars begin at {amountWords(axisFromUsd, measure)}, so that what changed can be seen.
        </p>
      )}
    </>
  );
}

import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatTotal, formatTotalChange } from "@/app/_format/money";
import { prepareWaterfall, type WaterfallStep } from "./prepare-waterfall";
import { type BillMonth, causeNames, causeSentences } from "./words";

const percent = (fraction: number) => `${(fraction * 100).toFixed(3)}%`;

/** From where to where a step leads; an end is a line. */
function Bar({ step: { key, from, to } }: { step: WaterfallStep }) {
  const isEnd = key === "ledger" || key === "bill";
  return (
    <span aria-hidden className="relative block h-4 min-w-20 rounded-[3px] bg-sunken">
      <span
        className={cn(
          "absolute top-0 h-full min-w-0.5",
          isEnd ? "-ml-px w-0.5 bg-ink" : key === "unexplained" ? "rounded-[2px] bg-warn" : "rounded-[2px] bg-data",
        )}
        style={{ left: percent(Math.min(from, to)), ...(!isEnd && { width: percent(Math.abs(to - from)) }) }}
      />
    </span>
  ); // prettier-ignore
}

const cell = "py-2 align-top";

/** The way from the ledger to the bill, each cause a step. A table with bars in it, so it is its own alternative. */
export function CausesCard({ month }: { month: BillMonth | undefined }) {
  if (!month)
    return (
      <Card>
        <CardHeader title="Why they differ" />
        <SkeletonRows rows={5} />
      </Card>
    );
  const { steps, startUsd } = prepareWaterfall(month);
  const subjectsOf = (key: WaterfallStep["key"]) =>
    month.causes.filter(({ cause, subject }) => cause === key && subject !== "");
  const agrees = steps.length === 2;
  return (
    <Card>
      <CardHeader
        title="Why they differ"
        hint={
          agrees
            ? "Bill and ledger agree to the last decimal."
            : `From the ledger to the bill. The scale begins at ${formatTotal(startUsd)}.`
        }
      />
      <table className="figures w-full text-sm">
        <caption className="sr-only">From the ledger to the bill, cause by cause</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Step</th>
            <th scope="col">USD</th>
          </tr>
        </thead>
        <tbody className="divide-y border-t">
          {steps.map((step) => {
            const isEnd = step.key === "ledger" || step.key === "bill";
            return (
              <tr key={step.key}>
                <th scope="row" className={cn(cell, "w-[46%] pr-3 pl-4 text-left font-normal sm:pl-5")}>
                  <span className={cn("block font-medium", step.key === "unexplained" && "text-warn")}>
                    {step.key === "ledger" ? "Ledger" : step.key === "bill" ? "Bill" : causeNames[step.key]}
                  </span>
                  {step.key !== "ledger" && step.key !== "bill" && (
                    <span className="block text-xs text-ink-muted">{causeSentences[step.key]}</span>
                  )}
                  {subjectsOf(step.key)
                    .slice(0, 5)
                    .map(({ subject, usd }) => (
                      <span key={subject} className="mt-0.5 block text-xs wrap-anywhere text-ink-muted">
                        {subject}: {formatTotalChange(usd)}
                      </span>
                    ))}
                </th>
                <td className={cn(cell, "hidden sm:table-cell")}>
                  <Bar step={step} />
                </td>
                <td className={cn(cell, "w-28 pr-4 pl-3 text-right sm:pr-5", isEnd && "font-medium")}>
                  {isEnd ? (
                    <Money usd={step.usd} />
                  ) : (
                    <data value={step.usd} title={`${step.usd} USD`}>
                      {formatTotalChange(step.usd)}
                    </data>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

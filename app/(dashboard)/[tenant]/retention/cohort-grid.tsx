"use client";

import { ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import { cn } from "@/app/_components/ui/class-names";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { CohortDetails } from "./cohort-details";
import { ageWords, type HeatCell, type HeatGrid, type HeatRow } from "./prepare-cohorts";

type Answer = Outputs["reports"]["retention"];

/** Up to a depth that ink can be read on, by day and by night. */
const shades = ["bg-sunken", "bg-data/10", "bg-data/20", "bg-data/30", "bg-data/45", "bg-data/60"] as const;

function Cell({ cell }: { cell: HeatCell }) {
  return (
    <td
      title={cell.title}
      className={cn(
        "figures h-9 min-w-16 rounded-[3px] px-2 text-center text-xs whitespace-nowrap text-ink",
        cell.level === null ? "text-ink-muted" : shades[cell.level],
        cell.isRunning && "outline-1 -outline-offset-1 outline-ink-faint outline-dashed",
      )}
    >
      <span aria-hidden>{cell.text}</span>
      <span className="sr-only">{cell.title}</span>
    </td>
  );
}

function RowHead({ row, isOpen, onToggle }: { row: HeatRow; isOpen?: boolean; onToggle?: () => void }) {
  const words = (
    <span className="min-w-0 text-left">
      <span className="block text-xs font-medium whitespace-nowrap text-ink">{row.name}</span>
      <span className="figures block text-2xs whitespace-nowrap text-ink-muted">
        {plural(row.users, "user")}
        {row.isTooFew && ", too few"}
      </span>
    </span>
  );
  return (
    <th scope="row" className="sticky left-0 z-10 bg-surface pr-2 font-normal">
      {onToggle ? (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex w-full items-center gap-1.5 rounded-md py-0.5 pr-1 hover:bg-sunken"
        >
          <ChevronRight
            aria-hidden
            className={cn("size-3.5 shrink-0 text-ink-faint transition-transform", isOpen && "rotate-90")}
          />
          {words}
        </button>
      ) : (
        <span className="flex py-0.5 pl-5">{words}</span>
      )}
    </th>
  );
}

/** Those who came together by the time that went by since: a table of shades that says its figures, too. */
export function CohortGrid({ grid, answer, label }: { grid: HeatGrid; answer: Answer; label: string }) {
  const [open, setOpen] = useState<string | null>(null);
  const { grain } = answer;
  return (
    <div
      className="relative overflow-x-auto px-3 pb-3 sm:px-4"
      tabIndex={0}
      role="region"
      aria-label={`${label}, by cohort and ${grain}`}
    >
      <table className="border-separate border-spacing-0.5">
        <caption className="sr-only">
          {label}: a row for each {grain} in which users came, a column for each {grain} since
        </caption>
        <thead className="text-2xs text-ink-faint">
          <tr>
            <th scope="col" className="sticky left-0 z-10 bg-surface pl-5 text-left font-medium whitespace-nowrap">
              First there
            </th>
            {grid.ages.map((age) => (
              <th key={age} scope="col" className="figures h-6 font-medium whitespace-nowrap">
                <span aria-hidden>{age === 0 ? `First ${grain}` : `+${String(age)}`}</span>
                <span className="sr-only">{ageWords(age, grain)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.all && (
            <tr>
              <RowHead row={grid.all} />
              {grid.all.cells.map((cell) => (
                <Cell key={cell.age} cell={cell} />
              ))}
            </tr>
          )}
          {grid.rows.map((row) => {
            const isOpen = open === row.key;
            const cohort = answer.cohorts.find((one) => one.cohort === row.key);
            return (
              <Fragment key={row.key}>
                <tr>
                  <RowHead row={row} isOpen={isOpen} onToggle={() => setOpen(isOpen ? null : row.key)} />
                  {row.cells.map((cell) => (
                    <Cell key={cell.age} cell={cell} />
                  ))}
                </tr>
                {isOpen && cohort && (
                  <tr>
                    <td colSpan={grid.ages.length + 1} className="pt-1 pb-3">
                      <CohortDetails cohort={cohort} grain={grain} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
}

"use client";

import { useState } from "react";
import { formatFigure } from "@/app/_format/figures";
import { plural } from "@/app/_format/quantities";
import { cn } from "../ui/class-names";
import { type HourCell, type HourGrid, hourName, hours } from "./prepare-hours";

/** One hue from faint to full: lightness alone tells the order. */
const shades = ["bg-sunken", "bg-data/20", "bg-data/40", "bg-data/60", "bg-data/80", "bg-data"] as const;

const wordsOf = (grid: HourGrid, { value }: HourCell) =>
  value === null ? "not known" : formatFigure(grid.kind, value);

function Scale({ grid }: { grid: HourGrid }) {
  return (
    <span aria-hidden className="flex items-center gap-1.5">
      {formatFigure(grid.kind, "0")}
      <span className="flex gap-0.5">
        {shades.map((shade) => (
          <span key={shade} className={cn("size-2.5 rounded-[2px]", shade)} />
        ))}
      </span>
      {grid.highest !== null && formatFigure(grid.kind, grid.highest)}
    </span>
  );
}

/** Weekdays by hours as a table of shades; each cell says its figure to readers and to whoever points at it. */
export function HourHeatmap({ grid, className }: { grid: HourGrid; className?: string }) {
  const [pointed, setPointed] = useState<HourCell | null>(null);
  return (
    <div className={cn("figures pl-2", className)}>
      <table className="w-full table-fixed border-separate border-spacing-0.5 text-2xs text-ink-faint">
        <caption className="sr-only">{grid.label} by weekday and hour</caption>
        <thead>
          <tr>
            <td className="w-8" />
            {hours.map((hour) => (
              <th key={hour} scope="col" className="relative h-4 font-normal">
                <span className="sr-only">{hourName(hour)}</span>
                {hour % 6 === 0 && (
                  <span aria-hidden className="absolute bottom-0 left-0">
                    {hourName(hour)}
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map(({ weekday, name, cells }) => (
            <tr key={weekday}>
              <th scope="row" className="text-left font-normal">
                {name}
              </th>
              {cells.map((cell) => (
                <td
                  key={cell.hour}
                  className={cn(
                    "h-6 rounded-[3px] hover:outline-1 hover:outline-ink sm:h-7",
                    cell.level === null ? "hatched opacity-40" : shades[cell.level],
                  )}
                  onPointerEnter={() => setPointed(cell)}
                  onPointerLeave={() => setPointed(null)}
                >
                  <span className="sr-only">{wordsOf(grid, cell)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 flex min-h-5 flex-wrap items-center justify-between gap-x-4 text-xs text-ink-muted">
        <span>
          {pointed === null ? (
            grid.label
          ) : (
            <>
              {pointed.title}: <strong className="font-medium text-ink">{wordsOf(grid, pointed)}</strong>
              {pointed.value !== null && `, ${plural(pointed.calls, "call")}`}
            </>
          )}
        </span>
        <Scale grid={grid} />
      </p>
    </div>
  );
}

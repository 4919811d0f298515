import type { HourInput } from "@/app/_components/charts/prepare-hours";
import type { FigureKind } from "@/app/_format/figures";
import { toGeometry } from "@/app/_format/money";
import type { HourCell } from "@/server/analytics/hours/hours-schemas";

export const hourMeasures = ["cost", "calls"] as const;
export type HourMeasure = (typeof hourMeasures)[number];

/**
 * What the heat map shows of reports.hours: the mean cost of such an hour, or all calls in it. Null, a gap: the range has no
 * such hour, or no call in it has a price.
 */
export function hourCells(cells: readonly HourCell[], measure: HourMeasure): HourInput[] {
  return cells.map(({ weekday, hour, hours, calls, unpricedCalls, meanCostUsd }) => {
    const isUnknown = calls > 0 && calls === unpricedCalls;
    const cost = isUnknown ? null : meanCostUsd;
    return { weekday, hour, calls, value: measure === "cost" ? cost : hours === 0 ? null : String(calls) };
  });
}

/** Below so many USD, cents tell one hour from another no more. */
const fewCents = 0.1;

/** How the cells are written: with more digits where the dearest hour costs a few cents. */
export function hourKind(cells: readonly HourInput[], measure: HourMeasure): FigureKind {
  if (measure === "calls") return "count";
  return cells.every(({ value }) => value === null || toGeometry(value) < fewCents) ? "unitUsd" : "usd";
}

import { toGeometry } from "@/app/_format/money";
import type { FigureKind } from "@/app/_format/figures";
import { formatWeekday } from "@/app/_format/dates";

export interface HourInput {
  /** ISO: 1 is Monday. */
  weekday: number;
  hour: number;
  /** Decimal string; null: such an hour did not occur, or what it cost is not known. */
  value: string | null;
  calls: number;
}

export interface HourCell extends HourInput {
  title: string;
  /** 0: nothing; 1 to 5: fifths of the highest; null: a gap. */
  level: 0 | 1 | 2 | 3 | 4 | 5 | null;
}

export interface HourGrid {
  rows: { weekday: number; name: string; cells: HourCell[] }[];
  /** The highest of all, decimal string; null where there is none. */
  highest: string | null;
  kind: FigureKind;
  /** "Mean cost per hour" */
  label: string;
}

const levels = 5;
export const hours = Array.from({ length: 24 }, (_, hour) => hour);

export const hourName = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** Weekdays by hours, every cell there is; what was not told is a gap. */
export function prepareHours(input: {
  cells: readonly HourInput[];
  kind: FigureKind;
  label: string;
}): HourGrid {
  const byPlace = new Map(input.cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const highest = input.cells.reduce<string | null>(
    (most, { value }) =>
      value !== null && (most === null || toGeometry(value) > toGeometry(most)) ? value : most,
    null,
  );
  const levelOf = (value: string | null): HourCell["level"] => {
    if (value === null) return null;
    const part = highest === null || toGeometry(highest) <= 0 ? 0 : toGeometry(value) / toGeometry(highest);
    return part <= 0 ? 0 : (Math.min(levels, Math.ceil(part * levels)) as HourCell["level"]);
  };
  return {
    rows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      name: formatWeekday(weekday),
      cells: hours.map((hour) => {
        const cell = byPlace.get(weekday * 24 + hour) ?? { weekday, hour, value: null, calls: 0 };
        return {
          ...cell,
          title: `${formatWeekday(weekday)} ${hourName(hour)} – ${hourName((hour + 1) % 24)}`,
          level: levelOf(cell.value),
        };
      }),
    })),
    highest,
    kind: input.kind,
    label: input.label,
  };
}

import { Decimal } from "decimal.js";
import { formatDay } from "@/app/_format/dates";
import { toGeometry } from "@/app/_format/money";
import { addDays } from "@/server/calendar/local-day";
import { axisTop } from "./axis";

/** A day of the roll-ups; days without calls have no row. */
export interface DayRow {
  bucket: string | null;
  calls: number;
  costUsd: string;
  unpricedCalls: number;
}

export interface DailySpendInput {
  rows: readonly DayRow[];
  /** The local days to draw, in order. */
  days: readonly string[];
  today: string;
  /** The first local day with a call ever; before it there is nothing to know. Null: no call yet. */
  firstDay: string | null;
  /** The first local day that is not wholly final. */
  provisionalFrom: string;
}

export interface DayPoint {
  day: string;
  label: string;
  /** Null is a gap: that day is outside of what the ledger knows. */
  costUsd: string | null;
  calls: number;
  unpricedCalls: number;
  /** Mean of this day and the six before; null until seven complete days are known, and for today. */
  averageUsd: string | null;
  isToday: boolean;
  isProvisional: boolean;
}

export interface DailySpend {
  points: DayPoint[];
  /** Upper end of the axis, a round number at or above every bar and the line. */
  top: number;
}

const window = 7;

/** Daily bars and their 7-day average. A known day without calls cost nothing; an unknown day is a gap. */
export function prepareDailySpend({
  rows,
  days,
  today,
  firstDay,
  provisionalFrom,
}: DailySpendInput): DailySpend {
  const byDay = new Map(rows.map((row) => [row.bucket, row]));
  const isKnown = (day: string) => firstDay !== null && day >= firstDay && day <= today;
  const costOf = (day: string) => (isKnown(day) ? (byDay.get(day)?.costUsd ?? "0") : null);

  const averageOf = (day: string): string | null => {
    if (day === today) return null;
    let sum = new Decimal(0);
    for (let back = 0; back < window; back++) {
      const cost = costOf(addDays(day, -back));
      if (cost === null) return null;
      sum = sum.plus(cost);
    }
    return sum.div(window).toFixed(18);
  };

  const points = days.map((day) => ({
    day,
    label: formatDay(day),
    costUsd: costOf(day),
    calls: byDay.get(day)?.calls ?? 0,
    unpricedCalls: byDay.get(day)?.unpricedCalls ?? 0,
    averageUsd: averageOf(day),
    isToday: day === today,
    isProvisional: day >= provisionalFrom,
  }));
  const highest = Math.max(
    0,
    ...points.flatMap((point) => [point.costUsd ?? "0", point.averageUsd ?? "0"]).map(toGeometry),
  );
  return { points, top: axisTop(highest) };
}

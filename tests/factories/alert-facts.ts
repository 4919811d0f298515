import { Calendar, dayOfNumber } from "@/server/alerts/calendar";
import { type FeatureFacts, nothing, type Point, Series } from "@/server/alerts/series";
import { Usd } from "@/server/prices/decimal";

export interface MadeHour {
  /** 0 is the hour that ends at (or contains) the instant, 1 the one before it. */
  back: number;
  /** 0 is the local day in which that hour lies, 1 the day before. */
  daysBack: number;
  /** Of the local clock, 0 to 23. */
  hour: number;
  /** 1 is Monday. */
  weekday: number;
}

const amount = (usd: number) => String(Number(usd.toFixed(9)));

/** A number is dollars, of ten calls if there are any. */
const pointOf = (made: number | Partial<Point>): Point =>
  typeof made === "number"
    ? { ...nothing, costUsd: amount(made), calls: made > 0 ? 10 : 0 }
    : { ...nothing, ...made };

function add(one: Point | undefined, other: Point): Point {
  if (!one) return other;
  const sum = (pick: keyof Omit<Point, "costUsd" | "retryCostUsd">) => one[pick] + other[pick];
  return {
    costUsd: new Usd(one.costUsd).plus(other.costUsd).toFixed(),
    retryCostUsd: new Usd(one.retryCostUsd).plus(other.retryCostUsd).toFixed(),
    calls: sum("calls"),
    unpricedCalls: sum("unpricedCalls"),
    retryCalls: sum("retryCalls"),
    latencyMs: sum("latencyMs"),
    latencyCalls: sum("latencyCalls"),
    inputTokens: sum("inputTokens"),
    cacheReadTokens: sum("cacheReadTokens"),
  };
}

/** A feature as the loaders would have it at an instant, with so many hours of history, its own included. */
export function featureFacts(
  at: Date,
  hoursOfHistory: number,
  made: (hour: MadeHour) => number | Partial<Point>,
  timeZone = "UTC",
): FeatureFacts {
  const calendar = new Calendar(timeZone, at);
  const last = calendar.hourOf(new Date(at.getTime() - 1));
  const today = calendar.dayOfHour(last);
  const [hours, days] = [new Map<number, Point>(), new Map<number, Point>()];
  for (let back = 0; back < hoursOfHistory; back += 1) {
    const number = last - back;
    const day = calendar.dayOfHour(number);
    const hour = number - calendar.firstHourOf(day);
    const weekday = new Date(dayOfNumber(day)).getUTCDay() || 7;
    const point = pointOf(made({ back, daysBack: today - day, hour, weekday }));
    if (point.calls === 0) continue;
    hours.set(number, point);
    days.set(day, add(days.get(day), point));
  }
  return {
    calendar,
    subject: { kind: "feature", key: "chat" },
    hours: new Series(hours),
    days: new Series(days),
  };
}

/** Hours of an office: what a working hour costs, a little at night and at weekends. */
export const office = ({ weekday, hour }: MadeHour, usd: number): number =>
  usd * (weekday >= 6 ? 0.12 : hour >= 8 && hour < 18 ? 1 : 0.05);

import type { LocalDay } from "@/server/calendar/local-day";
import { shareOf } from "../share-of";
import type { TrendPoint } from "./feature-value-query";
import { usersSaid } from "./value-of";

export interface AdoptionPoint {
  /** First day of the week or month. */
  period: LocalDay;
  /** Null: nobody was there, or nobody says who used it. */
  activeUsers: number | null;
  /** Share of all active users as a decimal string; null too where they are too few to say. */
  adoption: string | null;
}

/** Part of everybody, unless that is too few to say anything of. */
export const adoptionOf = (activeUsers: number | null, everybody: number, minUsers: number): string | null =>
  activeUsers === null || everybody < minUsers ? null : shareOf(activeUsers, everybody);

/** The trend of each feature with a point, and of one without any (`of` answers for whatever name). */
export function adoptionTrends(
  periods: readonly LocalDay[],
  points: readonly TrendPoint[],
  everybody: ReadonlyMap<LocalDay, number>,
  minUsers: number,
): (feature: string) => AdoptionPoint[] {
  const known = new Map(points.map((point) => [JSON.stringify([point.feature, point.period]), point]));
  return (feature) =>
    periods.map((period) => {
      const all = everybody.get(period) ?? 0;
      const point = known.get(JSON.stringify([feature, period]));
      const activeUsers = all === 0 ? null : point ? usersSaid(point.users, point.calls + point.events) : 0;
      return { period, activeUsers, adoption: adoptionOf(activeUsers, all, minUsers) };
    });
}

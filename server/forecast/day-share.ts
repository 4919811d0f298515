/** Of a month of days, what came until a time of day, and in all: USD. */
export interface UsualDay {
  untilUsd: number;
  wholeUsd: number;
}

/**
 * How much of a day's usual cost has come by this time: as on the days before, or, where those cost nothing, as much as of
 * the day's hours. From 0 to 1.
 * @param hoursGone share of today's hours that are over
 */
export function usualShare(usual: UsualDay, hoursGone: number): number {
  const share = usual.wholeUsd > 0 ? usual.untilUsd / usual.wholeUsd : hoursGone;
  return Math.min(1, Math.max(0, share));
}

import { type FeatureFacts, firstSeen, likeHours, trailingHours } from "../series";
import { type Spread, spreadOf } from "../statistics";

export interface HourBands {
  /** Of all hours of the week before, idle ones as zeros. */
  trailing: Spread;
  /** Of the hours like this one. */
  like: Spread;
}

/**
 * What an hour is compared with; the hour itself is in neither. Null: the feature is younger than `minDays`, or was silent
 * for a month.
 */
export function bandsOf(
  { calendar, hours, days }: FeatureFacts,
  hour: number,
  minDays: number,
): HourBands | null {
  const day = calendar.dayOfHour(hour);
  const firstDay = firstSeen(days, day);
  if (firstDay === null || firstDay > day - minDays) return null;
  const first = calendar.firstHourOf(firstDay);
  const cost = (other: number) => hours.cost(other);
  return {
    trailing: spreadOf(
      trailingHours(hour)
        .filter((other) => other >= first)
        .map(cost),
    ),
    like: spreadOf(likeHours(hour, first).map(cost)),
  };
}

/** Hours like this one before it, for the search of causes. */
export function weekBefore({ calendar }: FeatureFacts, hour: number): { from: Date; to: Date } {
  return { from: calendar.startOfHour(hour - 168), to: calendar.startOfHour(hour - 167) };
}

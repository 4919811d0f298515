import { z } from "zod";
import { addDays, type LocalDay, localDay } from "@/server/calendar/local-day";

/** Plausible counts events that arrive late, and drops spam afterwards: these days are pulled again. */
const daysAgain = 3;
/** Days of one question. */
const daysAtOnce = 31;

export const PlausibleResume = z.object({
  /** The next day to pull, and the last one of the run. */
  from: z.iso.date(),
  until: z.iso.date(),
});
export type PlausibleResume = z.infer<typeof PlausibleResume>;

/** A run that begins now: days of the site's zone, today's unfinished one included. */
export function beginDays(
  pulledTo: Date | null,
  now: Date,
  settings: { timeZone: string; daysBack: number },
): PlausibleResume {
  const today = localDay(now, settings.timeZone);
  const first =
    pulledTo === null
      ? addDays(today, -settings.daysBack)
      : addDays(localDay(pulledTo, settings.timeZone), -daysAgain);
  return { from: first < today ? first : today, until: today };
}

/** The days that are asked for at once, and where to go on. */
export function nextDays(place: PlausibleResume): {
  from: LocalDay;
  to: LocalDay;
  resume: PlausibleResume | null;
} {
  const end = addDays(place.from, daysAtOnce - 1);
  const to = end < place.until ? end : place.until;
  return {
    from: place.from,
    to,
    resume: to === place.until ? null : { from: addDays(to, 1), until: place.until },
  };
}

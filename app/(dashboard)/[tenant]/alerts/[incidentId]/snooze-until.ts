/** "2026-11-22T09:00" in a zone, as a field for date and time holds it. */
export function wallOf(instant: Date, timeZone: string): string {
  // Sweden writes ISO dates.
  const text = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).format(instant);
  return text.replace(" ", "T");
}

/** The instant at which a zone's clocks show it; null: it is no date and time. Where clocks skip it, the one after. */
export function instantOfWall(wall: string, timeZone: string): Date | null {
  const shown = Date.parse(`${wall}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(shown)) return null;
  const offset = (at: number) => Date.parse(`${wallOf(new Date(at), timeZone)}Z`) - at;
  const near = shown - offset(shown);
  const exact = shown - offset(near);
  return new Date(wallOf(new Date(exact), timeZone) === wall ? exact : Math.max(near, exact));
}

export const snoozes = ["1h", "4h", "1d", "until"] as const;
export type Snooze = (typeof snoozes)[number];

const hours = { "1h": 1, "4h": 4, "1d": 24 } as const;

/** When it wakes; null: the time that was typed is none. */
export function wakesAt(snooze: Snooze, wall: string, now: Date, timeZone: string): Date | null {
  if (snooze === "until") return instantOfWall(wall, timeZone);
  return new Date(now.getTime() + hours[snooze] * 3_600_000);
}

import { formatInstant } from "@/app/_format/dates";
import type { Stretch } from "@/server/analytics/schemas";
import { instantOf, quarterMs } from "./moments";

/**
 * What of a stretch compared with nobody can know, for it began before the ledger did; null: all of it is known, as far as
 * can be told. Goes on after the stretch's days. @param firstCallAt instant; null: there is no call yet
 */
export function knownPartWords(
  stretch: Stretch,
  firstCallAt: string | null,
  timeZone: string,
  now: Date,
): string | null {
  if (firstCallAt === null) return null;
  const first = Math.floor(Date.parse(firstCallAt) / quarterMs) * quarterMs;
  if (first <= instantOf(stretch.from, timeZone).getTime()) return null;
  if (first >= instantOf(stretch.to, timeZone).getTime()) return ", which is before the first call";
  return `, of which only what came from ${formatInstant(new Date(first).toISOString(), timeZone, now)} on is known`;
}

import { decideWatermark } from "@/server/rollups/watermark";
import type { Blocker } from "./schemas";

/** What the roll-ups say of a month that somebody wants closed. */
export interface LedgerFacts {
  now: Date;
  /** When the month ends. */
  to: Date;
  latencyBufferMinutes: number;
  oldestMarkedAt: Date | null;
  /** Hours before the month's end with calls that are in no roll-up yet. */
  waitingHours: number;
  /** Days are of another zone, of another release, or not all there. */
  isRebuilding: boolean;
}

/** Why the ledger of a month cannot be frozen yet; empty: it can. */
export function decideBlockers(facts: LedgerFacts): Blocker[] {
  const { now, to, latencyBufferMinutes, oldestMarkedAt, waitingHours } = facts;
  if (to > now) {
    return [
      {
        code: "not_over",
        sentence: "The month is not over.",
        advice: "It is closed by itself once it is over and its figures are final.",
        until: to.toISOString(),
      },
    ];
  }
  const { finalThrough } = decideWatermark(now, oldestMarkedAt, waitingHours, latencyBufferMinutes);
  const blockers: Blocker[] = [];
  if (waitingHours > 0) {
    blockers.push({
      code: "rolling_up",
      sentence: `Calls of ${waitingHours === 1 ? "one hour" : `${String(waitingHours)} hours`} up to its end are not in the figures yet.`,
      advice: "They are added up each minute. If this stays, have a look at the jobs in Settings.",
      until: null,
    });
  }
  if (facts.isRebuilding) {
    blockers.push({
      code: "rebuilding",
      sentence: "Days are being added up anew, after a change of the time zone or of the release.",
      advice: "This takes minutes. If it stays, have a look at the jobs in Settings.",
      until: null,
    });
  }
  // While the oldest mark is what holds the watermark back, nobody knows until when.
  if (finalThrough < to) {
    const isByClock = oldestMarkedAt === null || oldestMarkedAt >= now;
    blockers.push({
      code: "not_final",
      sentence: "Its last figures are not final: late calls are still waited for.",
      advice: `Figures become final ${String(latencyBufferMinutes)} minutes after they happened (Settings, General).`,
      until: isByClock ? new Date(to.getTime() + latencyBufferMinutes * 60_000).toISOString() : null,
    });
  }
  return blockers;
}

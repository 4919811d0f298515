import { DomainError } from "@/server/errors";
import type { Range } from "./range";

/** The ledger is read call by call for it. */
const longestDays = 92;

/**
 * The instant whose knowledge is asked for; null is now.
 * @throws DomainError INVALID_INPUT for the future, and for more calls than can be read
 */
export function resolveKnownAt(asked: string | undefined, range: Range, now: Date): Date | null {
  if (asked === undefined) return null;
  const knownAt = new Date(asked);
  const field = "asKnownAt";
  if (knownAt > now) {
    throw new DomainError("INVALID_INPUT", "What will be known later cannot be told now.", { field });
  }
  if (range.to.getTime() - range.from.getTime() > longestDays * 86_400_000) {
    const most = `A report as known then covers at most ${String(longestDays)} days.`;
    throw new DomainError("INVALID_INPUT", most, { field });
  }
  return knownAt;
}

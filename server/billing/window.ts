import { createHash } from "node:crypto";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** What Stripe takes at all, less an hour for the way: usage of the last 35 days. */
const oldestMs = 35 * dayMs - hourMs;
/**
 * How long a try whose outcome nobody knows may simply be repeated: Stripe remembers an identifier for 24 hours after it got
 * it, which was after the first such try.
 */
export const rememberedMs = 20 * hourMs;
/** What Stripe was sent this long ago is in its sums, as far as it ever will be. */
export const settledMs = 6 * hourMs;
/** Digits that Stripe's values may have. */
const mostDigits = 15;

export const hourOf = (at: Date) => new Date(Math.floor(at.getTime() / hourMs) * hourMs);
export const windowEnd = (windowStart: Date) => new Date(windowStart.getTime() + hourMs);
/** Inside the window: at its very end, usage of a month's last hour would be in the next invoice. */
export const billedAt = (windowStart: Date) => new Date(windowStart.getTime() + hourMs - 1_000);

/** Windows that began before then are too old. */
export const tooOldBefore = (now: Date) => new Date(now.getTime() - oldestMs - hourMs + 1_000);

export function isTooOld(windowStart: Date, now: Date): boolean {
  return windowStart < tooOldBefore(now);
}

export function isTooLong(value: bigint): boolean {
  return (value < 0n ? -value : value).toString().length > mostDigits;
}

export interface ExportKey {
  connectionId: string;
  meterId: string;
  accountId: string;
  windowStart: Date;
  revision: number;
  /** Grows when people have a refused one sent again: Stripe may remember the old name. */
  generation: number;
}

/** The name of an outbox row at the provider: the same whoever makes it, and however often. At most 100 characters. */
export function identifierOf(key: ExportKey): string {
  const whose = createHash("sha256")
    .update(JSON.stringify([key.connectionId, key.meterId, key.accountId]))
    .digest("hex")
    .slice(0, 40);
  const hour = key.windowStart.toISOString().slice(0, 13).replace(/\D/g, "");
  return `tl-${whose}-${hour}-${key.revision}${key.generation === 0 ? "" : `-${key.generation}`}`;
}

/** How far a tenant's figures can be relied on. Charts, alerts and exports all go by this one. */
export interface Watermark {
  /** Figures up to here are final (late events still correct them, and are counted then). */
  finalThrough: Date;
  /** Everything received before this is in the roll-ups. */
  rolledThrough: Date;
  /** Hours that wait to be rolled up. */
  pendingHours: number;
}

const slotMs = 15 * 60_000;

/**
 * Rolled up is what was received before the oldest mark still waiting, or everything; final is what happened the
 * tenant's latency buffer before that, in whole slots. When the job stands still, so does the watermark.
 */
export function decideWatermark(
  now: Date,
  oldestMarkedAt: Date | null,
  pendingHours: number,
  latencyBufferMinutes: number,
): Watermark {
  const rolledThrough = oldestMarkedAt && oldestMarkedAt < now ? oldestMarkedAt : now;
  const finalMs = rolledThrough.getTime() - latencyBufferMinutes * 60_000;
  return { finalThrough: new Date(Math.floor(finalMs / slotMs) * slotMs), rolledThrough, pendingHours };
}

/** Seconds before the next try, by how many have failed; the last one repeats. */
const delays = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];

/**
 * When to try again.
 * @param failures tries that failed so far, at least one
 * @param retryAfter the header of that name, as the SDK writes it: seconds or an RFC 3339 instant
 */
export function retryAt(failures: number, retryAfter: string | null, now: Date): Date {
  const asked = retryAfter === null ? null : parseRetryAfter(retryAfter, now);
  const seconds = delays[Math.min(failures, delays.length) - 1] ?? 15;
  return asked ?? new Date(now.getTime() + seconds * 1000);
}

function parseRetryAfter(value: string, now: Date): Date | null {
  if (/^\d+$/.test(value)) return new Date(now.getTime() + Number(value) * 1000);
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

const unitsMs: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** When a sleep ends: the SDK writes "1d2h30m" or an RFC 3339 instant. Null if it is neither. */
export function sleepUntil(text: string, now: Date): Date | null {
  if (/^(\d+[wdhms])+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+)([wdhms])/g)];
    const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitsMs[unit ?? ""] ?? 0), 0);
    return new Date(now.getTime() + ms);
  }
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

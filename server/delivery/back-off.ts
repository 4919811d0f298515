const firstMs = 10_000;
const longestMs = 15 * 60_000;
export const mostAttempts = 10;
const mostAgeMs = 24 * 3_600_000;

/** How long to wait after the nth try: 10 s, 20 s, 40 s … 15 min. */
export function backOffMs(attempts: number): number {
  return Math.min(firstMs * 2 ** Math.max(attempts - 1, 0), longestMs);
}

/** Whether a message is no longer tried: nobody wants an alert of yesterday. */
export function givesUp(delivery: { attempts: number; createdAt: Date }, now: Date): boolean {
  return delivery.attempts >= mostAttempts || now.getTime() - delivery.createdAt.getTime() > mostAgeMs;
}

import { env } from "@/server/env";

const dayMs = 86_400_000;

/**
 * What time it is for the product. Every shell asks here and hands it on as `ctx.now`, so that a month end can be rehearsed:
 * CLOCK_AHEAD_DAYS moves all of the product, screens and jobs alike, ahead of the machine's clock.
 */
export function currentTime(): Date {
  return new Date(Date.now() + env.CLOCK_AHEAD_DAYS * dayMs);
}

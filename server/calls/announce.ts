import type { Ctx } from "@/server/context";
import { logger } from "@/server/log";

/** New calls show within about this long; without announcements the roll-up's own minute would be the bound. */
const everyMs = 20_000;

interface Timers {
  nowMs(): number;
  later(run: () => void, ms: number): void;
}

/**
 * Asks for a roll-up after calls were stored: at once, then at most every 20 s a tenant, and once more for what came
 * in between. Losing one is harmless, since the roll-up also looks for work each minute.
 */
export function createAnnouncer(timers: Timers): (ctx: Ctx) => void {
  const lanes = new Map<string, { lastMs: number; waiting: boolean }>();
  const send = (ctx: Ctx) => {
    ctx.emit({ name: "rollup/requested", data: { tenantId: ctx.tenant.id } }).catch((error: unknown) => {
      logger.warn({ error }, "a roll-up could not be asked for; the next minute's will do");
    });
  };
  return (ctx) => {
    const nowMs = timers.nowMs();
    const lane = lanes.get(ctx.tenant.id);
    if (!lane || nowMs - lane.lastMs >= everyMs) {
      lanes.set(ctx.tenant.id, { lastMs: nowMs, waiting: false });
      send(ctx);
    } else if (!lane.waiting) {
      lane.waiting = true;
      timers.later(
        () => {
          lane.waiting = false;
          lane.lastMs = timers.nowMs();
          send(ctx);
        },
        lane.lastMs + everyMs - nowMs,
      );
    }
  };
}

export const announceCalls = createAnnouncer({
  nowMs: () => performance.now(),
  // Unreferenced: a process that wants to end does not wait for a hint.
  later: (run, ms) => void setTimeout(run, ms).unref(),
});

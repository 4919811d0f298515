import type { Ctx } from "@/server/context";

/** New calls show within about this long; without announcements the roll-up's own minute would be the bound. */
const everyMs = 20_000;

interface AnnouncerParts {
  nowMs: () => number;
  later: (run: () => void, ms: number) => void;
  /** Told when asking failed, which harms nobody. */
  failed: (error: unknown) => void;
}

/**
 * Asks for a roll-up after calls were stored: at once, then at most every 20 s a tenant, and once more for what came
 * in between. Losing one is harmless, since the roll-up also looks for work each minute.
 */
export function createAnnouncer(parts: AnnouncerParts): (ctx: Ctx) => void {
  const lanes = new Map<string, { lastMs: number; waiting: boolean }>();
  const send = (ctx: Ctx) => {
    ctx.emit({ name: "rollup/requested", data: { tenantId: ctx.tenant.id } }).catch(parts.failed);
  };
  return (ctx) => {
    const nowMs = parts.nowMs();
    const lane = lanes.get(ctx.tenant.id);
    if (!lane || nowMs - lane.lastMs >= everyMs) {
      lanes.set(ctx.tenant.id, { lastMs: nowMs, waiting: false });
      send(ctx);
    } else if (!lane.waiting) {
      lane.waiting = true;
      parts.later(
        () => {
          lane.waiting = false;
          lane.lastMs = parts.nowMs();
          send(ctx);
        },
        lane.lastMs + everyMs - nowMs,
      );
    }
  };
}

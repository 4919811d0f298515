import type { Ctx } from "@/server/context";

interface AnnouncerParts {
  event: "rollup/requested" | "inbox/received";
  /** At most one event a tenant in this time: what it announces is done within about as long. */
  everyMs: number;
  nowMs: () => number;
  later: (run: () => void, ms: number) => void;
  /** Told when asking failed, which harms nobody. */
  failed: (error: unknown) => void;
}

/**
 * Asks for a job after something was stored for it: at once, then at most every `everyMs` a tenant, and once more for
 * what came in between. Losing one is harmless, since the job also looks for work each minute.
 */
export function createAnnouncer(parts: AnnouncerParts): (ctx: Ctx) => void {
  const { event, everyMs } = parts;
  const lanes = new Map<string, { lastMs: number; waiting: boolean }>();
  const send = (ctx: Ctx) => {
    ctx.emit({ name: event, data: { tenantId: ctx.tenant.id } }).catch(parts.failed);
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

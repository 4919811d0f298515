import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { enqueueIncident } from "./enqueue";
import { untoldEvents } from "./incident-query";
import { untoldSince } from "./list-tenants";

const mostAtOnce = 500;

/** What should be told and was announced to nobody who heard it. @returns how many events there were */
export async function enqueueMissed(ctx: Ctx): Promise<{ events: number }> {
  requireRight(ctx.actor, "incidents:write");
  const events = await ctx.db.write((db) =>
    untoldEvents(db, ctx.tenant.id, untoldSince(ctx.now), mostAtOnce),
  );
  for (const event of events) await enqueueIncident(ctx, event);
  return { events: events.length };
}

import { randomUUID } from "node:crypto";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { insertDeliveries } from "./delivery-queries";
import { holdDestinations, listDestinationRows } from "./queries";
import { Message, type Routes } from "./schemas";

export interface Report {
  /** What it is, once a tenant: "review:2026-11-16". Writing it down again sends nothing. */
  key: string;
  message: Message;
}

const takesEverything = ({ teams, severities, rules }: Routes) =>
  teams.length === 0 && severities.length === 0 && rules.length === 0;

/**
 * Sends something that is about no incident (a weekly review) to the destinations that take everything, each once and at
 * least once. Its message may name nobody who can ask to be forgotten: it is kept until it is 90 days old.
 * @returns how many destinations it goes to
 */
export async function enqueueReport(ctx: Ctx, { key, message }: Report): Promise<{ destinations: number }> {
  requireRight(ctx.actor, "incidents:write");
  const told = Message.parse(message);
  const tenantId = ctx.tenant.id;
  const destinations = await ctx.db.write(async (db) => {
    await holdDestinations(db, tenantId);
    const rows = await listDestinationRows(db, tenantId);
    const taking = rows.filter(({ state, routes }) => state === "active" && takesEverything(routes));
    return insertDeliveries(
      db,
      taking.map(({ id }) => ({
        tenantId,
        id: randomUUID(),
        destinationId: id,
        kind: "report" as const,
        key: `report:${key}`,
        message: told,
        guarantee: "at_least_once" as const,
        state: "waiting" as const,
        now: ctx.now,
      })),
    );
  });
  if (destinations > 0) await ctx.emit({ name: "delivery/requested", data: { tenantId } });
  return { destinations };
}

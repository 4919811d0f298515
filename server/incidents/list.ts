import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { countUnresolved, holdersOf, listIncidentsOf } from "./queries";
import { ListIncidentsInput } from "./schemas";

const recentDays = 7;

/** The newest or the worst first; without states asked for, those that are not resolved and those resolved in the last week. */
export async function listIncidents(ctx: Ctx, input: ListIncidentsInput) {
  requireRight(ctx.actor, "alerts:read");
  const { states, rule, subject, from, to, order, offset, limit } = ListIncidentsInput.parse(input);
  return ctx.db.read(async (db) => {
    const found = await listIncidentsOf(db, {
      tenantId: ctx.tenant.id,
      states: states ?? null,
      resolvedSince: new Date(ctx.now.getTime() - recentDays * 86_400_000),
      rule: rule ?? null,
      subject: subject ?? null,
      from: from === undefined ? null : new Date(from),
      to: to === undefined ? null : new Date(to),
      order,
      offset,
      limit,
    });
    const incidents = found.slice(0, limit);
    const held = incidents.filter(({ state }) => state === "acknowledged" || state === "snoozed");
    const holders = await holdersOf(
      db,
      ctx.tenant.id,
      held.map(({ id }) => id),
    );
    return {
      /** `heldBy`: the person who took it or put it off; null: nobody has it. */
      incidents: incidents.map((incident) => ({ ...incident, heldBy: holders.get(incident.id) ?? null })),
      hasMore: found.length > limit,
      unresolved: await countUnresolved(db, ctx.tenant.id),
      timeZone: ctx.tenant.timeZone,
    };
  });
}

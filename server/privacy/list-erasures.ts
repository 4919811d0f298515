import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listErasureRows } from "./queries";

const newest = 100;

/** Who was forgotten, by the names that mean nothing; the newest first. */
export async function listErasures(ctx: Ctx) {
  requireRight(ctx.actor, "privacy:write");
  const rows = await ctx.db.read((db) => listErasureRows(db, ctx.tenant.id, newest));
  return rows.map((row) => ({
    id: row.id,
    alias: row.alias,
    state: row.state,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    failure: row.failure,
    /** Calls and usage events that named the user. */
    calls: row.calls,
    events: row.events,
  }));
}

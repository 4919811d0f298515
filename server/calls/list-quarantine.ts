import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { maxAgeDays, maxAheadMinutes } from "./admit";
import { listQuarantine } from "./queries";

const newest = 200;

/** The newest calls that were kept out of the ledger and why, with the window outside of which a live call is. */
export async function listQuarantinedCalls(ctx: Ctx) {
  requireRight(ctx.actor, "calls:read");
  const rows = await ctx.db.read((db) => listQuarantine(db, ctx.tenant.id, newest));
  return {
    window: { maxAgeDays, maxAheadMinutes },
    newest,
    calls: rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() })),
  };
}

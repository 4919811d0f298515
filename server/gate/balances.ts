import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { periodStarts } from "./decide-together";
import { type Balance, balancesOf } from "./queries";

/** What the gate holds and has settled on each budget in force that it was asked about, in the running month or day. */
export async function gateBalances(ctx: Ctx): Promise<Balance[]> {
  requireRight(ctx.actor, "budgets:read");
  return ctx.db.read((db) => balancesOf(db, ctx.tenant.id, periodStarts(ctx), ctx.now));
}

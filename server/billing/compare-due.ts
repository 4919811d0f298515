import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { compareBilling, type Compared } from "./compare";
import { currentConnection } from "./queries";
import { hourMs } from "./window";

const everyMs = 6 * hourMs;

/** Compares when it is time, or when something was said that asks for it; null: it is not. */
export async function compareIfDue(ctx: Ctx): Promise<Compared | null> {
  requireRight(ctx.actor, "billing:write");
  const connection = await ctx.db.write((db) => currentConnection(db, ctx.tenant.id));
  if (!connection) return null;
  const { comparedAt } = connection;
  if (comparedAt && ctx.now.getTime() - comparedAt.getTime() < everyMs) return null;
  return compareBilling(ctx);
}

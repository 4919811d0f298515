import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listBilledMonths } from "./bill-query";

export interface BilledProvider {
  provider: string;
  /** UTC months of which some day was read, the newest first. */
  months: string[];
}

/** Whose bills there are, by connection or by file, in the order of their names. */
export async function billedProviders(ctx: Ctx): Promise<{ providers: BilledProvider[] }> {
  requireRight(ctx.actor, "reports:read");
  const rows = await ctx.db.read((db) => listBilledMonths(db, ctx.tenant.id));
  const months = new Map<string, string[]>();
  for (const { provider, month } of rows) months.set(provider, [...(months.get(provider) ?? []), month]);
  return { providers: [...months].map(([provider, its]) => ({ provider, months: its })) };
}

import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { dearestCalls } from "./outliers-query";
import { OutliersInput, outlierFactor } from "./outliers-schemas";

/**
 * The dearest calls of the last hours, those beyond ten times the median of their feature marked. The median (the lower one
 * of an even number) is of the window's calls that cost something; features with fewer than 20 have none. Calls without a
 * feature are compared with each other. Read from the ledger itself.
 */
export async function outliers(ctx: Ctx, input: z.input<typeof OutliersInput>) {
  requireRight(ctx.actor, "calls:read");
  const { hours, filter, limit } = OutliersInput.parse(input);
  const window = { from: new Date(ctx.now.getTime() - hours * 3_600_000), to: ctx.now };
  const { calls, total } = await ctx.db.read((db) =>
    dearestCalls(db, { tenantId: ctx.tenant.id, ...window, filter, limit }),
  );
  return {
    calls,
    /** Of all calls of the window that were asked for, not of those listed alone. */
    total,
    factor: outlierFactor,
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    timeZone: ctx.tenant.timeZone,
  };
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { ensureMonths } from "./queries";

/**
 * Makes the partitions of history, before its calls are stored. Months to come are left to the job that makes them ahead,
 * for calls of the future are refused.
 * @param months UTC, YYYY-MM
 */
export async function makeMonths(ctx: Ctx, months: readonly string[]): Promise<void> {
  requireRight(ctx.actor, "calls:import");
  const thisMonth = ctx.now.toISOString().slice(0, 7);
  const begun = months.filter((month) => month <= thisMonth).sort();
  if (begun.length === 0) return;
  await ctx.db.ingest((db) =>
    ensureMonths(
      db,
      begun.map((month) => `${month}-01`),
    ),
  );
}

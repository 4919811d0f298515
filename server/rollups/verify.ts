import type { Ctx } from "@/server/context";
import * as queries from "./queries";

const lookBackHours = 48;

/**
 * Compares the settled hours of the last two days with the ledger and marks those that differ. They never should:
 * a result other than 0 is worth a look, and is mended by the next run either way.
 * @returns how many hours were marked
 */
export async function verifyRollUps(ctx: Ctx): Promise<{ drifted: number }> {
  const hourMs = 3_600_000;
  const until = new Date(Math.floor(ctx.now.getTime() / hourMs) * hourMs);
  const from = new Date(until.getTime() - lookBackHours * hourMs);
  return ctx.db.rollup(async (db) => {
    const { hours: pending } = await queries.pendingMarks(db, ctx.tenant.id);
    // Marks that wait explain any difference; the next hour looks again.
    if (pending > 0) return { drifted: 0 };
    const drifted = await queries.driftedHours(db, ctx.tenant.id, from, until);
    if (drifted.length > 0) await queries.markHours(db, ctx.tenant.id, drifted);
    return { drifted: drifted.length };
  });
}

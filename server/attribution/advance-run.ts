import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { isDomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { closedMonths } from "@/server/periods/closed-months";
import { holdBooks } from "@/server/periods/hold-books";
import { applyChunk, nextWindow, revertChunk } from "./chunk-query";
import { findRule } from "./queries";
import { type AttributionRun, advanceRun, endRun, lockOpenRun } from "./run-query";

/** Calls that are looked at in one transaction: well under a second. */
const callsAtOnce = 5_000;

/**
 * Takes the tenant's run under way one chunk further, in one transaction: the calls, what they were before, marks for the
 * roll-up, and how far the run is. Whoever is killed leaves either the whole chunk or nothing of it.
 * @returns whether there is more to do
 * @throws DomainError UNAVAILABLE: try again
 */
export async function advanceOpenRun(
  ctx: Ctx,
  { limit = callsAtOnce }: { limit?: number } = {},
): Promise<{ more: boolean }> {
  requireRight(ctx.actor, "attribution:write");
  const open: { runId?: string } = {};
  try {
    return await ctx.db.rollup(async (db) => {
      const run = await lockOpenRun(db, ctx.tenant.id);
      if (!run) return { more: false };
      open.runId = run.id;
      return { more: await runChunk(db, ctx, run, limit) };
    });
  } catch (error) {
    const { runId } = open;
    // A database that is away is waited for; anything else would fail again, so the run says that it has failed.
    if (isDomainError(error) || runId === undefined) throw error;
    logger.error({ error, runId }, "an attribution run failed");
    const failure = "Something went wrong on our side; the log has more.";
    await ctx.db.rollup((db) => endRun(db, ctx.tenant.id, runId, failure, ctx.now));
    return { more: false };
  }
}

/** @returns whether it was not the last one */
async function runChunk(db: Db, ctx: Ctx, run: AttributionRun, limit: number): Promise<boolean> {
  const { id: tenantId } = ctx.tenant;
  // No month is closed between our look at which are and our commit.
  await holdBooks(db, ctx);
  const closed = await closedMonths(db, ctx);
  const rule = await findRule(db, tenantId, run.ruleId, run.ruleVersion);
  if (!rule) throw new Error("A run has no rule");
  const next = await nextWindow(db, tenantId, run, rule, limit);
  if (!next) {
    await endRun(db, tenantId, run.id, null, ctx.now);
    return false;
  }
  const chunk = { tenantId, run, rule, end: next.end, closed, at: ctx.now };
  const step = run.kind === "apply" ? await applyChunk(db, chunk) : await revertChunk(db, chunk);
  await advanceRun(db, tenantId, run.id, { ...step, seen: next.seen, cursor: next.end }, ctx.now);
  return true;
}

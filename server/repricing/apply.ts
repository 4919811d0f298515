import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { bookOfRun } from "./book-of-run";
import { failOnError } from "./fail-on-error";
import { findRun, lockRun, type RunKey, saveState } from "./queries";
import { runChunk } from "./run-chunk";
import { stateAfter } from "./run-state";
import { RepricingJobInput } from "./schemas";

/**
 * Prices the next chunk of an approved run's calls anew, in one transaction: prices, history or corrections, marks for the
 * roll-up, what the run has changed and how far it is. Killed anywhere, it goes on from there.
 * @returns whether there is more to do
 * @throws DomainError NOT_FOUND, UNAVAILABLE (try again)
 */
export async function applyRepricing(ctx: Ctx, input: RepricingJobInput): Promise<{ more: boolean }> {
  requireRight(ctx.actor, "prices:write");
  const { runId } = RepricingJobInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id: runId };
  const known = await ctx.db.rollup((db) => findRun(db, key));
  if (!known) throw new DomainError("NOT_FOUND", "There is no such repricing.");
  if (known.state !== "running") return { more: false };
  const more = await failOnError(ctx, runId, async () => {
    const book = await bookOfRun(ctx, known.knownAt);
    return ctx.db.rollup(async (db) => {
      const run = await lockRun(db, key);
      return run?.state === "running" ? runChunk(db, ctx, book, run, "applied") : false;
    });
  });
  if (more === false) await finish(ctx, key);
  return { more: more ?? false };
}

/** In a transaction of its own, for the jobs' role writes no audit log. */
async function finish(ctx: Ctx, key: RunKey): Promise<void> {
  await ctx.db.write(async (db) => {
    const run = await lockRun(db, key);
    if (run?.state !== "running") return;
    const state = stateAfter(run.state, "finished");
    await saveState(db, key, state, ctx.now, { finishedAt: ctx.now, failure: null });
    const { callsSeen, callsChanged, deltaUsd } = run;
    const after = { callsSeen, callsChanged, deltaUsd };
    await recordAudit(db, ctx, { action: "repricing.applied", subject: key.id, after });
  });
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { bookOfRun } from "./book-of-run";
import { countCalls } from "./chunk-query";
import { failOnError } from "./fail-on-error";
import { findRun, lockRun, saveState, saveTotal } from "./queries";
import { callsOf, runChunk } from "./run-chunk";
import { stateAfter } from "./run-state";
import { RepricingJobInput } from "./schemas";

/**
 * Works out the next chunk of what a run would change, and changes nothing but the run. Repeats and deaths on the way do
 * no harm: each chunk counts once.
 * @returns whether there is more to do
 * @throws DomainError NOT_FOUND, UNAVAILABLE (try again)
 */
export async function previewRepricing(ctx: Ctx, input: RepricingJobInput): Promise<{ more: boolean }> {
  requireRight(ctx.actor, "prices:write");
  const { runId } = RepricingJobInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id: runId };
  const known = await ctx.db.rollup((db) => findRun(db, key));
  if (!known) throw new DomainError("NOT_FOUND", "There is no such repricing.");
  if (known.state !== "previewing") return { more: false };
  const more = await failOnError(ctx, runId, async () => {
    const book = await bookOfRun(ctx, known.knownAt);
    return ctx.db.rollup(async (db) => {
      const run = await lockRun(db, key);
      if (run?.state !== "previewing") return false;
      if (run.callsTotal === null) await saveTotal(db, key, await countCalls(db, callsOf(ctx, run)));
      if (await runChunk(db, ctx, book, run, "preview")) return true;
      const state = stateAfter(run.state, "previewed");
      await saveState(db, key, state, ctx.now, { finishedAt: null, failure: null });
      return false;
    });
  });
  return { more: more ?? false };
}

import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { lockRun, saveState } from "./queries";
import { stateAfter } from "./run-state";

/**
 * Does a part of a run. A database that is away is waited for (the job tries again); anything else would fail again, so
 * the run says that it has failed, for people to see and to take up again.
 * @returns null when the run has failed
 */
export async function failOnError<T>(ctx: Ctx, runId: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isDomainError(error) && error.code === "UNAVAILABLE") throw error;
    logger.error({ error, runId }, "a repricing failed");
    const key = { tenantId: ctx.tenant.id, id: runId };
    await ctx.db.rollup(async (db) => {
      const run = await lockRun(db, key);
      if (!run || (run.state !== "previewing" && run.state !== "running")) return;
      const failure = "Something went wrong on our side; the log has more.";
      await saveState(db, key, stateAfter(run.state, "failed"), ctx.now, { finishedAt: ctx.now, failure });
    });
    return null;
  }
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { readFreshness } from "../freshness";
import { longestRunDays, RunInput } from "../runs-schemas";
import { loadRun, runWhereabouts } from "./run-query";
import { mergeStretches, newestOf } from "./stretches";

/**
 * One run as the ledger has it, step by step: it may be a minute ahead of the list of runs. Figures are of all its calls,
 * the list is of the first 1,000; of a run that goes on for more than 35 days it is the last 35 (`isWhole` is false).
 * @throws DomainError NOT_FOUND, the same for an absent run and another tenant's
 */
export async function run(ctx: Ctx, input: RunInput) {
  requireRight(ctx.actor, "calls:read");
  const { runId } = RunInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const { watermark } = await readFreshness(db, ctx);
    const { rolledUp, pending } = await runWhereabouts(db, tenantId, runId);
    const { stretches, isWhole } = newestOf(rolledUp, longestRunDays * 86_400_000);
    const everywhere = mergeStretches([...stretches, ...pending]);
    const { figures, models, tags, calls } = await loadRun(db, tenantId, runId, everywhere);
    if (!figures) throw new DomainError("NOT_FOUND", "There is no such run.");
    return {
      runId,
      isWhole,
      figures,
      ...tags,
      /** The dearest first. */
      models,
      /** In the order of time. */
      calls,
      watermark,
      timeZone,
    };
  });
}
export type RunAnswer = Awaited<ReturnType<typeof run>>;

import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { lockRun, saveState } from "./queries";
import { holdForChange, refuseOutdated } from "./refuse-outdated";
import { stateAfter } from "./run-state";
import { RepricingIdInput } from "./schemas";

/**
 * Takes a failed run up again where it stopped: what was approved once needs no second approval.
 * @throws DomainError NOT_FOUND, CONFLICT when it has not failed, another one is running, or others came between
 */
export async function retryRepricing(ctx: Ctx, input: RepricingIdInput): Promise<void> {
  requireRight(ctx.actor, "repricing:approve");
  const { id } = RepricingIdInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  const state = await ctx.db.write(async (db) => {
    const closedAt = await holdForChange(db, ctx);
    const run = await lockRun(db, key);
    if (!run) throw new DomainError("NOT_FOUND", "There is no such repricing.");
    const after = stateAfter(run.state, "retried", run.approvedAt !== null);
    if (after === "running") await refuseOutdated(db, key, run, closedAt);
    await saveState(db, key, after, ctx.now, { finishedAt: null, failure: null });
    await recordAudit(db, ctx, { action: "repricing.retried", subject: id });
    return after;
  });
  const name = state === "running" ? "repricing/approved" : "repricing/requested";
  await ctx.emit({ name, data: { tenantId: key.tenantId, runId: id } });
}

import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { lockRun, saveState } from "./queries";
import { stateAfter } from "./run-state";
import { RepricingIdInput } from "./schemas";

/** Lays a run aside that was not approved. @throws DomainError NOT_FOUND, CONFLICT when it was approved */
export async function discardRepricing(ctx: Ctx, input: RepricingIdInput): Promise<void> {
  requireRight(ctx.actor, "prices:write");
  const { id } = RepricingIdInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    const run = await lockRun(db, key);
    if (!run) throw new DomainError("NOT_FOUND", "There is no such repricing.");
    const state = stateAfter(run.state, "discarded", run.approvedAt !== null);
    await saveState(db, key, state, ctx.now, { finishedAt: ctx.now, failure: run.failure });
    await recordAudit(db, ctx, { action: "repricing.discarded", subject: id });
  });
}

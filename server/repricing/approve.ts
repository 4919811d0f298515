import { recordAudit } from "@/server/audit/record";
import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { Usd } from "@/server/prices/decimal";
import { lockRun, saveApproval } from "./queries";
import { holdForChange, refuseOutdated } from "./refuse-outdated";
import { stateAfter } from "./run-state";
import { ApproveRepricingInput } from "./schemas";

/**
 * Lets a previewed run change the ledger. Whoever approves says what they saw, so that nothing else is approved.
 * @throws DomainError NOT_FOUND; CONFLICT when it is not what they saw, or not what it would do any more
 */
export async function approveRepricing(ctx: Ctx, input: ApproveRepricingInput): Promise<void> {
  requireRight(ctx.actor, "repricing:approve");
  const { personId } = requirePerson(ctx.actor);
  const { id, callsChanged, deltaUsd } = ApproveRepricingInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    const closedAt = await holdForChange(db, ctx);
    const run = await lockRun(db, key);
    if (!run) throw new DomainError("NOT_FOUND", "There is no such repricing.");
    stateAfter(run.state, "approved");
    if (run.callsChanged !== callsChanged || !new Usd(run.deltaUsd).eq(deltaUsd)) {
      throw new DomainError("CONFLICT", "The preview has changed since you looked; please look again.");
    }
    if (callsChanged === 0) throw new DomainError("CONFLICT", "This repricing would change nothing.");
    await refuseOutdated(db, key, run, closedAt);
    await saveApproval(db, key, personId, ctx.now);
    await recordAudit(db, ctx, {
      action: "repricing.approved",
      subject: id,
      after: { callsChanged, deltaUsd: run.deltaUsd },
    });
  });
  await ctx.emit({ name: "repricing/approved", data: { tenantId: key.tenantId, runId: id } });
}

import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findRun, insertRun, isReverted, isRunning, lockRuns } from "./run-query";
import { RunInput } from "./schemas";

/**
 * Takes back what a run has set, call by call, where it is still there: what was changed again since stays. A run that
 * failed half-way can be taken back as well.
 * @throws DomainError NOT_FOUND, CONFLICT for what cannot be taken back, or while another run is under way
 */
export async function revertRun(ctx: Ctx, input: RunInput): Promise<{ runId: string }> {
  requireRight(ctx.actor, "attribution:write");
  const { runId: reverts } = RunInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const runId = randomUUID();
  await ctx.db.write(async (db) => {
    await lockRuns(db, tenantId);
    const run = await findRun(db, tenantId, reverts);
    if (!run) throw new DomainError("NOT_FOUND", "There is no such run.");
    if (run.kind === "revert") throw new DomainError("CONFLICT", "Apply the rule again instead.");
    if (await isRunning(db, tenantId))
      throw new DomainError("CONFLICT", "Another rule is being applied; wait until it is done.");
    if (await isReverted(db, tenantId, reverts))
      throw new DomainError("CONFLICT", "This run has been taken back already.");
    await insertRun(db, {
      tenantId,
      id: runId,
      kind: "revert",
      ruleId: run.ruleId,
      ruleVersion: run.ruleVersion,
      reverts,
      fromAt: run.from,
      toAt: run.to,
      requestedBy: actorId(ctx.actor),
      requestedAt: ctx.now,
    });
    await recordAudit(db, ctx, {
      action: "attribution-run.reverted",
      subject: reverts,
      after: { runId, ruleId: run.ruleId, version: run.ruleVersion },
    });
  });
  await ctx.emit({ name: "attribution/run-requested", data: { tenantId } });
  return { runId };
}

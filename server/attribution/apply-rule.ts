import { randomUUID } from "node:crypto";
import { resolveRange } from "@/server/analytics/range";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findRule } from "./queries";
import { insertRun, isRunning, lockRuns } from "./run-query";
import { ApplyRuleInput } from "./schemas";

/**
 * Applies a rule, as it is now, to calls of the past. A job does the work; `showRun` tells how far it is.
 * @throws DomainError NOT_FOUND, CONFLICT for a retired rule or while another run is under way
 */
export async function applyRule(ctx: Ctx, input: ApplyRuleInput): Promise<{ runId: string }> {
  requireRight(ctx.actor, "attribution:write");
  const { id: ruleId, ...asked } = ApplyRuleInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const { from, to } = resolveRange(asked.from, asked.to, timeZone);
  const runId = randomUUID();
  await ctx.db.write(async (db) => {
    await lockRuns(db, tenantId);
    const rule = await findRule(db, tenantId, ruleId, "newest");
    if (!rule) throw new DomainError("NOT_FOUND", "There is no such rule.");
    if (rule.retired) throw new DomainError("CONFLICT", "This rule is retired.");
    if (await isRunning(db, tenantId))
      throw new DomainError("CONFLICT", "Another rule is being applied; wait until it is done.");
    await insertRun(db, {
      tenantId,
      id: runId,
      kind: "apply",
      ruleId,
      ruleVersion: rule.version,
      reverts: null,
      fromAt: from,
      toAt: to,
      requestedBy: actorId(ctx.actor),
      requestedAt: ctx.now,
    });
    await recordAudit(db, ctx, {
      action: "attribution-rule.applied",
      subject: ruleId,
      after: { runId, version: rule.version, from: from.toISOString(), to: to.toISOString() },
    });
  });
  await ctx.emit({ name: "attribution/run-requested", data: { tenantId } });
  return { runId };
}

import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { auditRule } from "./audit-rule";
import { bumpRevision } from "./bump-revision";
import { findRule, insertRuleVersion } from "./queries";
import { RetireRuleInput } from "./schemas";
import { forgetPolicy } from "./tenant-policy";

/**
 * Ends a rule: calls that come in are no longer asked. What it did stays, until its runs are taken back.
 * @throws DomainError NOT_FOUND, CONFLICT when it is retired already
 */
export async function retireRule(ctx: Ctx, input: RetireRuleInput): Promise<{ id: string; version: number }> {
  requireRight(ctx.actor, "attribution:write");
  const { id } = RetireRuleInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const version = await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    const before = await findRule(db, tenantId, id, "newest");
    if (!before) throw new DomainError("NOT_FOUND", "There is no such rule.");
    if (before.retired) throw new DomainError("CONFLICT", "This rule is retired already.");
    const after = {
      ...before,
      version: before.version + 1,
      retired: true,
      knownFrom: ctx.now,
      setBy: actorId(ctx.actor),
    };
    await insertRuleVersion(db, tenantId, after);
    await recordAudit(db, ctx, {
      action: "attribution-rule.retired",
      subject: id,
      before: auditRule(before),
      after: auditRule(after),
    });
    return after.version;
  });
  forgetPolicy(tenantId);
  return { id, version };
}

import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { asStored } from "./as-stored";
import { auditRule } from "./audit-rule";
import { bumpRevision } from "./bump-revision";
import { findRule, insertRuleVersion, readPolicy, type RuleVersion } from "./queries";
import { maxRules, SaveRuleInput } from "./schemas";
import { forgetPolicy } from "./tenant-policy";

/**
 * Makes a rule, or the next version of one. It holds for calls that come in from now on; those that are in wait for
 * `applyRule`.
 * @throws DomainError NOT_FOUND, CONFLICT for a retired rule or one too many
 */
export async function saveRule(ctx: Ctx, input: SaveRuleInput) {
  requireRight(ctx.actor, "attribution:write");
  const { id, name, conditions, sets, position } = SaveRuleInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const saved = await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    const policy = await readPolicy(db, tenantId);
    const before = id === undefined ? null : await findRule(db, tenantId, id, "newest");
    if (id !== undefined && !before) throw new DomainError("NOT_FOUND", "There is no such rule.");
    if (before?.retired) throw new DomainError("CONFLICT", "This rule is retired; make another one.");
    if (!before && policy.rules.length >= maxRules)
      throw new DomainError("CONFLICT", `At most ${String(maxRules)} rules can be in force.`);
    const last = Math.max(0, ...policy.rules.map((rule) => rule.position));
    const after: RuleVersion = {
      id: before?.id ?? randomUUID(),
      version: (before?.version ?? 0) + 1,
      name,
      conditions: asStored(policy, tenantId, conditions),
      sets,
      position: position ?? before?.position ?? last + 1,
      retired: false,
      knownFrom: ctx.now,
      setBy: actorId(ctx.actor),
    };
    await insertRuleVersion(db, tenantId, after);
    await recordAudit(db, ctx, {
      action: "attribution-rule.saved",
      subject: after.id,
      ...(before && { before: auditRule(before) }),
      after: auditRule(after),
    });
    return after;
  });
  forgetPolicy(tenantId);
  return { id: saved.id, version: saved.version };
}

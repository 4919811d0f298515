import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isMember } from "@/server/members/is-member";
import { Usd } from "@/server/prices/decimal";
import { auditedFacts } from "./audit-budget";
import { closeVersion, countInForce, insertVersion, lockBudgets, newestFor } from "./queries";
import { type Budget, mostBudgets, SetBudgetInput, usualThresholds } from "./schemas";

/** What can differ between two versions. */
const saidIn = ({ amountUsd, thresholds, enforcement, ownerId, note }: Budget) => ({
  amountUsd: new Usd(amountUsd).toFixed(),
  thresholds: [...thresholds],
  enforcement,
  ownerId,
  note,
});

/**
 * Gives a subject a budget, or another one from now on: the version in force is closed and the next one opened, so that
 * nothing is lost. What it holds already changes nothing. Taken back by setting what `before` says, or, where that is
 * null, by ending it.
 * @throws DomainError INVALID_INPUT for an owner who is no member, CONFLICT for one budget too many
 */
export async function setBudget(ctx: Ctx, input: SetBudgetInput) {
  requireRight(ctx.actor, "budgets:write");
  const { subject, period, thresholds, ...said } = SetBudgetInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockBudgets(db, tenantId);
    const newest = await newestFor(db, tenantId, subject, period);
    const before = newest?.validTo === null ? newest : null;
    const at = newest && newest.validFrom > ctx.now ? newest.validFrom : ctx.now;
    const next: Budget = {
      ...said,
      id: newest?.id ?? randomUUID(),
      version: (newest?.version ?? 0) + 1,
      subject,
      period,
      thresholds: thresholds ?? before?.thresholds ?? [...usualThresholds[subject.kind]],
      validFrom: at,
      validTo: null,
      createdBy: actorId(ctx.actor),
    };
    if (before && isDeepStrictEqual(saidIn(before), saidIn(next))) return { budget: before, before };
    // Somebody who has left may stay named: who changes the amount need not find another owner.
    const { ownerId } = next;
    if (ownerId !== null && ownerId !== newest?.ownerId && !(await isMember(db, tenantId, ownerId)))
      throw new DomainError("INVALID_INPUT", "The owner must be a member.", { field: "ownerId" });
    if (before) await closeVersion(db, tenantId, before.id, at);
    else if ((await countInForce(db, tenantId)) >= mostBudgets)
      throw new DomainError(
        "CONFLICT",
        `There can be at most ${String(mostBudgets)} budgets; end one first.`,
      );
    await insertVersion(db, tenantId, next);
    await recordAudit(db, ctx, {
      action: "budget.set",
      subject: next.id,
      ...(before && { before: auditedFacts(before) }),
      after: auditedFacts(next),
    });
    return { budget: next, before };
  });
}

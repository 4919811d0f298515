import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isMember } from "@/server/members/is-member";
import { findDifference } from "./find-difference";
import { listOwned, lockOwned, saveOwned } from "./owner-queries";
import { AssignDifferenceInput } from "./schemas";

/**
 * Says who looks into a difference, until when, and what is known of it. What was settled stays settled.
 * @throws DomainError INVALID_INPUT for an owner who is no member, NOT_FOUND where the difference is gone
 */
export async function assignDifference(ctx: Ctx, input: AssignDifferenceInput): Promise<void> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const said = AssignDifferenceInput.parse(input);
  const { month, link, key, ownerId, note, dueOn } = said;
  const { id: tenantId } = ctx.tenant;
  const { cause, amount, unit } = await findDifference(ctx, said);
  await ctx.db.write(async (db) => {
    await lockOwned(db, tenantId);
    const before = (await listOwned(db, tenantId, month)).find((row) => row.link === link && row.key === key);
    if (ownerId !== null && ownerId !== before?.ownerId && !(await isMember(db, tenantId, ownerId)))
      throw new DomainError("INVALID_INPUT", "The owner must be a member.", { field: "ownerId" });
    const { settledAt = null, settledBy = null } = before ?? {};
    // What was settled was settled at its own amount.
    const kept = before && settledAt ? before.amount : amount;
    const row = { link, key, cause, amount: kept, unit, ownerId, note, dueOn, settledAt, settledBy, goneAt: null };
    await saveOwned(db, { tenantId, month }, { ...row, updatedBy: actorId(ctx.actor), updatedAt: ctx.now });
    await recordAudit(db, ctx, {
      action: "difference.assigned",
      subject: `${month} ${link} ${cause}`,
      ...(before && { before: { ownerId: before.ownerId, dueOn: before.dueOn, note: before.note } }),
      after: { ownerId, dueOn, note, key },
    });
  });
} // prettier-ignore

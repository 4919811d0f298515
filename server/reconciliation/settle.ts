import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { Usd } from "@/server/prices/decimal";
import { findDifference } from "./find-difference";
import { listOwned, lockOwned, saveOwned } from "./owner-queries";
import { SettleDifferenceInput } from "./schemas";

const isSame = (one: string | null, other: string | null) =>
  one === null || other === null ? one === other : /^-?\d+(\.\d+)?$/.test(other) && new Usd(one).eq(other);

/**
 * Says that a difference is in order as it is, at the amount that was looked at, and why. Another amount opens it again.
 * @throws DomainError CONFLICT where it has another amount by now, NOT_FOUND where it is gone
 */
export async function settleDifference(ctx: Ctx, input: SettleDifferenceInput): Promise<void> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const { month, link, key, note, ...looked } = SettleDifferenceInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const { cause, amount, unit } = await findDifference(ctx, { month, link, key });
  if (!isSame(amount, looked.amount))
    throw new DomainError("CONFLICT", "The difference has changed since you looked at it. Look again, then settle it."); // prettier-ignore
  await ctx.db.write(async (db) => {
    await lockOwned(db, tenantId);
    const before = (await listOwned(db, tenantId, month)).find((row) => row.link === link && row.key === key);
    const by = actorId(ctx.actor);
    const { ownerId = null, dueOn = null } = before ?? {};
    await saveOwned(db, { tenantId, month }, {
      ...{ link, key, cause, amount, unit, ownerId, note, dueOn },
      ...{ settledAt: ctx.now, settledBy: by, goneAt: null, updatedBy: by, updatedAt: ctx.now },
    }); // prettier-ignore
    await recordAudit(db, ctx, {
      action: "difference.settled",
      subject: `${month} ${link} ${cause}`,
      after: { amount, unit, note, key },
    });
  });
}

import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { listOwned, lockOwned, saveOwned } from "./owner-queries";
import { UnsettleDifferenceInput } from "./schemas";

/** Takes back that a difference is in order; its owner stays. @throws DomainError NOT_FOUND where nobody said so */
export async function unsettleDifference(ctx: Ctx, input: UnsettleDifferenceInput): Promise<void> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const { month, link, key } = UnsettleDifferenceInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  await ctx.db.write(async (db) => {
    await lockOwned(db, tenantId);
    const before = (await listOwned(db, tenantId, month)).find((row) => row.link === link && row.key === key);
    if (!before?.settledAt) throw new DomainError("NOT_FOUND", "Nobody has settled this difference.");
    const by = { updatedBy: actorId(ctx.actor), updatedAt: ctx.now };
    await saveOwned(db, { tenantId, month }, { ...before, settledAt: null, settledBy: null, ...by });
    await recordAudit(db, ctx, {
      action: "difference.unsettled",
      subject: `${month} ${link} ${before.cause}`,
      before: { settledBy: before.settledBy, note: before.note },
      after: { key },
    });
  });
}

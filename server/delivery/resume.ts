import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { changeDestination, lockDestination } from "./queries";
import { requirePresent } from "./require-free";
import { DestinationInput } from "./schemas";

/**
 * Sends there again, after a pause or after it was switched off. What it missed stays as it is, to be sent again one by
 * one. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function resumeDestination(ctx: Ctx, input: DestinationInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id } = DestinationInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    const before = requirePresent(await lockDestination(db, key));
    if (before.state === "active") return;
    await changeDestination(db, key, {
      state: "active",
      reason: null,
      failure: null,
      failures: 0,
      notBefore: null,
    });
    await recordAudit(db, ctx, {
      action: "destination.resumed",
      subject: id,
      before: { state: before.state, reason: before.reason },
    });
  });
  return { id };
}

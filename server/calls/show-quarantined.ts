import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findQuarantined } from "./queries";
import { ShowQuarantinedInput } from "./schemas";

/**
 * A call that was kept out of the ledger, with its JSON as text: what is in it has no type of ours to hold it to.
 * @throws DomainError NOT_FOUND, the same for an absent call and another tenant's
 */
export async function showQuarantinedCall(ctx: Ctx, input: ShowQuarantinedInput) {
  requireRight(ctx.actor, "calls:read");
  const { id } = ShowQuarantinedInput.parse(input);
  const row = await ctx.db.read((db) => findQuarantined(db, ctx.tenant.id, id));
  if (!row) throw new DomainError("NOT_FOUND", "There is no such call.");
  const { receivedAt, call, ...facts } = row;
  return { ...facts, receivedAt: receivedAt.toISOString(), callJson: JSON.stringify(call, null, 2) };
}

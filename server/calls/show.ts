import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { freshTenantBook } from "@/server/contracts/load-tenant-book";
import { explainStored, type PriceFormula } from "@/server/contracts/explain-stored";
import { DomainError } from "@/server/errors";
import type { CallDetail } from "./call-row";
import { findCall } from "./queries";
import { ShowCallInput } from "./schemas";

/** @throws DomainError NOT_FOUND, the same for an absent call and another tenant's */
export async function showCall(
  ctx: Ctx,
  input: ShowCallInput,
): Promise<{ call: CallDetail; formula: PriceFormula }> {
  requireRight(ctx.actor, "calls:read");
  const { id } = ShowCallInput.parse(input);
  const call = await ctx.db.read((db) => findCall(db, ctx.tenant.id, id));
  if (!call) throw new DomainError("NOT_FOUND", "There is no such call.");
  return { call, formula: explainStored(await freshTenantBook(ctx), call) };
}

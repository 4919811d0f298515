import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { invoiceHash } from "./content";
import { linesOf } from "./invoice-queries";
import { requireInvoice } from "./requirements";
import { InvoiceInput } from "./schemas";

/** Makes the hash of an invoice anew from what is stored. @throws DomainError NOT_FOUND, CONFLICT for a draft */
export async function verifyInvoice(ctx: Ctx, input: InvoiceInput) {
  requireRight(ctx.actor, "reports:read");
  const { id } = InvoiceInput.parse(input);
  return ctx.db.read(async (db) => {
    const row = await requireInvoice(db, ctx.tenant.id, id);
    const { number, issuedOn, dueOn } = row;
    if (number === null || issuedOn === null || dueOn === null)
      throw new DomainError("CONFLICT", "A draft has no hash yet.");
    const lines = (await linesOf(db, ctx.tenant.id, [id])).get(id) ?? [];
    const made = invoiceHash(ctx.tenant.id, { ...row, number, issuedOn, dueOn }, lines);
    return { contentHash: row.contentHash, madeAnew: made, isIntact: made === row.contentHash };
  });
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Invoice } from "./documents";
import { loadInvoice } from "./load-heads";
import { requireInvoice } from "./requirements";
import { InvoiceInput } from "./schemas";

/** An invoice as it goes to the customer, and how it came to be. @throws DomainError NOT_FOUND */
export async function readInvoice(ctx: Ctx, input: InvoiceInput): Promise<Invoice> {
  requireRight(ctx.actor, "reports:read");
  const { id } = InvoiceInput.parse(input);
  return ctx.db.read(async (db) => loadInvoice(db, ctx, await requireInvoice(db, ctx.tenant.id, id)));
}

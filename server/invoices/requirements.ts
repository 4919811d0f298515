import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { Db } from "@/server/db";
import { findInvoice, type InvoiceRow } from "./invoice-queries";

/** Plans and invoices are changed by people who may bill. @returns who it is @throws DomainError FORBIDDEN */
export function requireBiller(ctx: Ctx): string {
  requireRight(ctx.actor, "billing:write");
  return requirePerson(ctx.actor).personId;
}

/** @throws DomainError NOT_FOUND */
export async function requireInvoice(db: Db, tenantId: string, id: string): Promise<InvoiceRow> {
  const found = await findInvoice(db, tenantId, id);
  if (found) return found;
  throw new DomainError("NOT_FOUND", "There is no such invoice.");
}

/** @throws DomainError NOT_FOUND, CONFLICT */
export async function requireDraft(db: Db, tenantId: string, id: string): Promise<InvoiceRow> {
  const found = await requireInvoice(db, tenantId, id);
  if (found.state === "draft") return found;
  throw new DomainError(
    "CONFLICT",
    "This invoice has a number and is not changed any more; void it instead.",
  );
}

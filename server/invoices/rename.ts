import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { deleteSettings } from "./account-queries";
import { invoiceHash } from "./content";
import { findInvoice, invoiceIdsOf, linesOf } from "./invoice-queries";
import { saveRenamed } from "./save-queries";

/**
 * Gives somebody who is forgotten another name in every invoice, as the jobs' role, in the transaction that holds the books.
 * Billing details go; what an invoice with a number says of whom it was written to stays as the law wants it kept,
 * unless that is the id itself. Amounts stay, the hash is made anew, and the invoice says since when.
 */
export async function renameInInvoices(
  db: Db,
  ctx: Ctx,
  { ids, alias }: { ids: readonly string[]; alias: string },
): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  await deleteSettings(db, tenantId, ids);
  for (const id of await invoiceIdsOf(db, tenantId, ids)) {
    const row = await findInvoice(db, tenantId, id);
    if (!row) throw new Error("An invoice went away while it was renamed");
    const isNameless = row.state === "draft" || ids.includes(row.customer.name);
    const customer = isNameless ? { ...row.customer, name: alias } : row.customer;
    const anonymous =
      row.state === "draft" ? { ...customer, addressLines: [], email: "", vatId: "" } : customer;
    const renamed = { ...row, accountId: alias, customer: anonymous };
    const { number, issuedOn, dueOn } = renamed;
    const contentHash =
      number === null || issuedOn === null || dueOn === null
        ? null
        : invoiceHash(tenantId, { ...renamed, number, issuedOn, dueOn }, (await linesOf(db, tenantId, [id])).get(id) ?? []); // prettier-ignore
    await saveRenamed(db, tenantId, id, { accountId: alias, customer: anonymous, contentHash, at: ctx.now });
  }
}

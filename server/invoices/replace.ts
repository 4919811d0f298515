import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { getStatement } from "@/server/statements/find";
import { requireDrafted } from "./change-draft";
import { draftAccounts } from "./draft";
import { findInForce } from "./invoice-queries";
import { requireBiller, requireInvoice } from "./requirements";
import { InvoiceInput } from "./schemas";

/**
 * A new draft in the place of a voided invoice, for the same account and month.
 * @throws DomainError NOT_FOUND (also where the month is open again); CONFLICT where it is not void, another one is in its
 *   place, or there is nothing to bill
 */
export async function replaceInvoice(ctx: Ctx, input: InvoiceInput): Promise<{ id: string }> {
  const by = requireBiller(ctx);
  const { id } = InvoiceInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const { state, accountId, month, number } = await requireInvoice(db, tenantId, id);
    if (state !== "void")
      throw new DomainError("CONFLICT", "Only a voided invoice is replaced: void it first.");
    if ((await findInForce(db, tenantId, month, [accountId])).size > 0)
      throw new DomainError("CONFLICT", "The account has another invoice for this month.");
    const statement = await getStatement(db, tenantId, { month });
    const drafted = await draftAccounts(db, ctx, statement, [{ accountId, replaces: id, manual: [] }], by);
    const replacement = requireDrafted(drafted.get(accountId));
    await recordAudit(db, ctx, {
      action: "invoice.replaced",
      subject: replacement,
      after: { number, accountId, month },
    });
    return { id: replacement };
  });
}

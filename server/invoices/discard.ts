import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { holdBooks } from "@/server/periods/hold-books";
import { requireBiller, requireDraft } from "./requirements";
import { deleteDrafts } from "./save-queries";
import { InvoiceInput } from "./schemas";

/** Takes a draft away: it had no number yet. @throws DomainError NOT_FOUND, CONFLICT where it has one */
export async function discardInvoice(ctx: Ctx, input: InvoiceInput): Promise<void> {
  requireBiller(ctx);
  const { id } = InvoiceInput.parse(input);
  await ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const { accountId, month, totalUsd } = await requireDraft(db, ctx.tenant.id, id);
    await deleteDrafts(db, ctx.tenant.id, [id]);
    await recordAudit(db, ctx, {
      action: "invoice.discarded",
      subject: id,
      before: { accountId, month, totalUsd },
    });
  });
}

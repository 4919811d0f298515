import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { requireBiller, requireInvoice } from "./requirements";
import { saveVoid } from "./save-queries";
import { VoidInput } from "./schemas";

/**
 * Declares an invoice void. It keeps its number and all that it says, with the reason beside it.
 * @throws DomainError NOT_FOUND, CONFLICT where it is a draft or void already
 */
export async function voidInvoice(ctx: Ctx, input: VoidInput): Promise<void> {
  const by = requireBiller(ctx);
  const { id, reason } = VoidInput.parse(input);
  await ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const { state, number, accountId, month, totalUsd } = await requireInvoice(db, ctx.tenant.id, id);
    if (state === "draft")
      throw new DomainError("CONFLICT", "A draft has no number yet: discard it instead.");
    if (state === "void") throw new DomainError("CONFLICT", "This invoice is void already.");
    await saveVoid(db, ctx.tenant.id, id, { by, at: ctx.now, reason });
    await recordAudit(db, ctx, {
      action: "invoice.voided",
      subject: id,
      after: { number, accountId, month, totalUsd, reason },
    });
  });
}

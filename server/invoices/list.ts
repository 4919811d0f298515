import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { InvoiceHead } from "./documents";
import { type InvoicePlace, listInvoiceRows } from "./invoice-queries";
import { loadHeads } from "./load-heads";
import { ListInvoicesInput } from "./schemas";

/** A page of invoices: the newest month first, within it by account. */
export async function listInvoices(
  ctx: Ctx,
  input: ListInvoicesInput,
): Promise<{ invoices: InvoiceHead[]; nextCursor: InvoicePlace | null }> {
  requireRight(ctx.actor, "reports:read");
  const { cursor, limit, ...filter } = ListInvoicesInput.parse(input);
  return ctx.db.read(async (db) => {
    const rows = await listInvoiceRows(db, ctx.tenant.id, filter, cursor ?? null, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      invoices: await loadHeads(db, ctx, shown),
      nextCursor: last ? { month: last.month, accountId: last.accountId, id: last.id } : null,
    };
  });
}

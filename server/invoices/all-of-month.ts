import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Month } from "@/server/periods/schemas";
import type { Invoice } from "./documents";
import { type InvoicePlace, listInvoiceRows } from "./invoice-queries";
import { loadInvoices } from "./load-heads";

const atOnce = 100;

/** Every invoice of a month, whole, a batch at a time, by account. Voided ones are among them, for they keep their numbers. */
export async function* invoicesOfMonth(ctx: Ctx, month: Month): AsyncGenerator<Invoice[]> {
  requireRight(ctx.actor, "reports:read");
  let after: InvoicePlace | null = null;
  for (;;) {
    const place: InvoicePlace | null = after;
    const batch: Invoice[] = await ctx.db.read(async (db) =>
      loadInvoices(db, ctx, await listInvoiceRows(db, ctx.tenant.id, { month }, place, atOnce)),
    );
    yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < atOnce) return;
    after = { month: last.month, accountId: last.accountId, id: last.id };
  }
}

import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { describeInvoice } from "./describe";
import type { Invoice, InvoiceHead } from "./documents";
import { type InvoiceRow, linesOf, relatedInvoices } from "./invoice-queries";
import { planCache } from "./plan-cache";
import { loadSettings } from "./settings";

export async function loadHeads(db: Db, ctx: Ctx, rows: readonly InvoiceRow[]): Promise<InvoiceHead[]> {
  const settings = await loadSettings(db, ctx, rows.map(({ accountId }) => accountId)); // prettier-ignore
  const planOf = planCache(db, ctx.tenant.id);
  const heads: InvoiceHead[] = [];
  for (const row of rows) {
    const { terms } = await planOf(row.planId, row.planVersion);
    heads.push(describeInvoice(row, settings, terms.tax));
  }
  return heads;
}

/** Whole invoices, in the order of the rows. */
export async function loadInvoices(db: Db, ctx: Ctx, rows: readonly InvoiceRow[]): Promise<Invoice[]> {
  const { id: tenantId } = ctx.tenant;
  const heads = await loadHeads(db, ctx, rows);
  const lines = await linesOf(db, tenantId, rows.map(({ id }) => id)); // prettier-ignore
  const planOf = planCache(db, tenantId);
  const invoices: Invoice[] = [];
  for (const [at, row] of rows.entries()) {
    const head = heads[at];
    if (!head) throw new Error("An invoice has no head");
    const { dueDays, tax, ...customer } = row.customer;
    invoices.push({
      ...head,
      customer,
      issuer: row.issuer,
      tax,
      dueDays,
      timeZone: row.timeZone,
      calls: row.calls,
      unpricedCalls: row.unpricedCalls,
      uncharged: { calls: row.unchargedCalls, costUsd: row.unchargedCostUsd },
      lines: lines.get(row.id) ?? [],
      terms: (await planOf(row.planId, row.planVersion)).terms,
      createdBy: row.createdBy,
      createdAt: row.createdAt,
      computedAt: row.computedAt,
      finalisedBy: row.finalisedBy,
      finalisedAt: row.finalisedAt,
      contentHash: row.contentHash,
      renamedAt: row.renamedAt,
      voidedBy: row.voidedBy,
      voidReason: row.voidReason,
      ...(await relatedInvoices(db, tenantId, row)),
    });
  }
  return invoices;
}

/** One of them. */
export async function loadInvoice(db: Db, ctx: Ctx, row: InvoiceRow): Promise<Invoice> {
  const [invoice] = await loadInvoices(db, ctx, [row]);
  if (!invoice) throw new Error("An invoice went away while it was read");
  return invoice;
}

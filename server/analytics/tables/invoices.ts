import { z } from "zod";
import { startOfDay } from "@/server/calendar/local-day";
import { monthAfter } from "@/server/calendar/month";
import { invoicesOfMonth } from "@/server/invoices/all-of-month";
import type { Invoice, InvoiceLine } from "@/server/invoices/documents";
import { readInvoice } from "@/server/invoices/read";
import { InvoiceInput } from "@/server/invoices/schemas";
import { Month } from "@/server/periods/schemas";
import { type Column, defineTable, number, text } from "./table";

interface Row {
  invoice: Invoice;
  /** Null: an invoice without lines, which is told all the same. */
  line: InvoiceLine | null;
}

const columns: Column<Row>[] = [
  text("month", ({ invoice }) => invoice.month),
  text("number", ({ invoice }) => invoice.number),
  text("state", ({ invoice }) => invoice.state),
  text("id", ({ invoice }) => invoice.id),
  text("accountId", ({ invoice }) => invoice.accountId),
  text("customerName", ({ invoice }) => invoice.customer.name),
  text("vatId", ({ invoice }) => invoice.customer.vatId || null),
  text("issuedOn", ({ invoice }) => invoice.issuedOn),
  text("dueOn", ({ invoice }) => invoice.dueOn),
  text("planName", ({ invoice }) => invoice.plan.name),
  number("planVersion", ({ invoice }) => invoice.plan.version),
  text("currency", () => "USD"),
  number("n", ({ line }) => line?.n ?? null),
  text("kind", ({ line }) => line?.kind ?? null),
  text("ofMonth", ({ line }) => line?.ofMonth ?? null),
  text("description", ({ line }) => line?.description ?? null),
  number("quantity", ({ line }) => line?.quantity ?? null),
  text("unit", ({ line }) => line?.unit ?? null),
  number("unitUsd", ({ line }) => line?.unitUsd ?? null),
  number("per", ({ line }) => line?.per ?? null),
  number("exactUsd", ({ line }) => line?.exactUsd ?? null),
  number("amountUsd", ({ line }) => line?.amountUsd ?? null),
  number("invoiceCostUsd", ({ invoice }) => invoice.costUsd),
  number("invoiceNetUsd", ({ invoice }) => invoice.netUsd),
  number("invoiceTaxUsd", ({ invoice }) => invoice.taxUsd),
  number("invoiceTotalUsd", ({ invoice }) => invoice.totalUsd),
];

const rowsOf = (invoice: Invoice): Row[] =>
  invoice.lines.length > 0 ? invoice.lines.map((line) => ({ invoice, line })) : [{ invoice, line: null }];

const spanOf = (month: Month, timeZone: string) => ({
  from: startOfDay(`${month}-01`, timeZone).toISOString(),
  to: startOfDay(`${monthAfter(month)}-01`, timeZone).toISOString(),
});

/** Every line of every invoice of a month, drafts and voided ones among them (`state` says which). */
export const invoicesTable = defineTable({
  right: "reports:read",
  input: z.strictObject({
    month: Month,
    /** Those with a number alone. */
    numbered: z.boolean().default(false),
  }),
  columns: () => columns,
  async *pages(ctx, { month, numbered }) {
    const span = spanOf(month, ctx.tenant.timeZone);
    for await (const invoices of invoicesOfMonth(ctx, month)) {
      const rows = invoices.filter(({ number: given }) => !numbered || given !== null).flatMap(rowsOf);
      yield { ...span, rows, watermark: null };
    }
  },
});

/** invoices.read: the lines of one invoice. */
export const invoiceTable = defineTable({
  right: "reports:read",
  input: InvoiceInput,
  columns: () => columns,
  async *pages(ctx, input) {
    const invoice = await readInvoice(ctx, input);
    yield { ...spanOf(invoice.month, ctx.tenant.timeZone), rows: rowsOf(invoice), watermark: null };
  },
});

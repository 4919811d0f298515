import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { readInvoice } from "@/server/invoices/read";
import type { UnbilledProvider } from "./bills";
import type { FocusRow } from "./columns";
import { focusCsv } from "./csv";
import { invoiceRows } from "./invoice-rows";
import { focusMonth } from "./month";
import { focusParquet } from "./parquet";
import { type FocusFormat, FocusInput } from "./schemas";

export interface FocusFile {
  fileName: string;
  contentType: string;
  /** Providers whose rows are the ledger's estimate, and why. */
  estimated: UnbilledProvider[];
  chunks: AsyncIterable<Uint8Array>;
}

const writers = { csv: focusCsv, parquet: focusParquet };
const contentTypes: Record<FocusFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  parquet: "application/vnd.apache.parquet",
};

interface Subject {
  name: string;
  estimated: UnbilledProvider[];
  rows: AsyncIterable<FocusRow[]>;
}

/**
 * A closed month, or one final invoice to a customer, as a FOCUS file. Who takes one is written down.
 * @throws DomainError NOT_FOUND; CONFLICT for an invoice that is a draft or void
 */
export async function exportFocus(
  ctx: Ctx,
  { input, format }: { input: FocusInput; format: FocusFormat },
): Promise<FocusFile> {
  requireRight(ctx.actor, "reports:read");
  const asked = FocusInput.parse(input);
  const { name, estimated, rows } = "invoice" in asked ? await ofInvoice(ctx, asked.invoice) : await ofMonth(ctx, asked); // prettier-ignore
  const file = {
    fileName: `${ctx.tenant.slug}-focus-${name}.${format}`,
    contentType: contentTypes[format],
    estimated,
    chunks: writers[format](rows),
  };
  await ctx.db.write((db) =>
    recordAudit(db, ctx, { action: "focus.exported", subject: name, after: { format } }),
  );
  return file;
}

async function ofMonth(ctx: Ctx, input: Parameters<typeof focusMonth>[1]): Promise<Subject> {
  const { head, rows, unbilled } = await focusMonth(ctx, input);
  return { name: `${head.month}-${input.mode ?? "estimated"}`, estimated: unbilled, rows };
}

async function ofInvoice(ctx: Ctx, id: string): Promise<Subject> {
  const invoice = await readInvoice(ctx, { id });
  if (invoice.state !== "final" || invoice.number === null)
    throw new DomainError("CONFLICT", "Only a final invoice has a FOCUS file: its lines no longer change.");
  const rows = invoiceRows(ctx.tenant, invoice);
  async function* once() {
    yield await Promise.resolve(rows);
  }
  return { name: `invoice-${invoice.number.replaceAll(/[^\w-]+/g, "-")}`, estimated: [], rows: once() };
}

import { Readable } from "node:stream";
import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { invoiceFileName } from "./file-name";
import { invoiceDocument } from "./json";
import { renderInvoice } from "./pdf/render";
import { readInvoice } from "./read";
import { InvoiceInput } from "./schemas";

export interface Download {
  fileName: string;
  contentType: string;
  /** Made while they are read. */
  chunks: AsyncIterable<Uint8Array>;
}

const contentTypes = { pdf: "application/pdf", json: "application/json" } as const;
type Format = keyof typeof contentTypes;
const isFormat = (format: string): format is Format => Object.hasOwn(contentTypes, format);

/**
 * An invoice as a file; who took it is written down first.
 * @throws DomainError NOT_FOUND, also for a format that there is not
 */
export async function downloadInvoice(
  ctx: Ctx,
  { id, format }: { id: string; format: string },
): Promise<Download> {
  if (!isFormat(format))
    throw new DomainError("NOT_FOUND", "An invoice is a pdf or a json.", { field: "format" });
  const asked = InvoiceInput.safeParse({ id });
  if (!asked.success) throw new DomainError("NOT_FOUND", "There is no such invoice.", { field: "id" });
  const invoice = await readInvoice(ctx, asked.data);
  const { number, state } = invoice;
  await ctx.db.write((db) =>
    recordAudit(db, ctx, { action: "invoice.downloaded", subject: id, after: { number, state, format } }),
  );
  const json = () => Readable.from([Buffer.from(`${JSON.stringify(invoiceDocument(invoice), null, 2)}\n`)]);
  return {
    fileName: invoiceFileName(ctx, invoice, format),
    contentType: contentTypes[format],
    chunks: format === "pdf" ? Readable.from(renderInvoice(invoice)) : json(),
  };
}

import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { ZipFile } from "yazl";
import { csvOf } from "@/server/analytics/tables/csv";
import { invoicesTable } from "@/server/analytics/tables/invoices";
import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import type { Month } from "@/server/periods/schemas";
import { invoicesOfMonth } from "./all-of-month";
import type { Invoice } from "./documents";
import type { Download } from "./download";
import { invoiceFileName } from "./file-name";
import { invoiceDocument } from "./json";
import { renderInvoice } from "./pdf/render";
import { readInvoice } from "./read";
import { readInvoiceMonth } from "./read-month";
import { InvoiceMonthInput } from "./schemas";

const hasNumber = ({ number }: Pick<Invoice, "number">) => number !== null;

/** One JSON document, a batch of invoices in memory at a time. */
async function* jsonOf(ctx: Ctx, month: Month, drafts: number): AsyncGenerator<string> {
  yield `{"document":"tokenledger invoices","version":1,"month":"${month}","draftsLeftOut":${String(drafts)},"invoices":[`;
  let between = "\n";
  for await (const batch of invoicesOfMonth(ctx, month)) {
    for (const invoice of batch.filter(hasNumber)) {
      yield between + JSON.stringify(invoiceDocument(invoice));
      between = ",\n";
    }
  }
  yield "\n]}\n";
}

/** Opened when the ones before are written, so that one is in memory. */
function add(zip: ZipFile, name: string, at: Date, open: () => Promise<Readable>): void {
  zip.addReadStreamLazy(name, { mtime: at }, (take) => {
    open().then(
      (stream) => {
        take(null, stream);
      },
      (error: unknown) => {
        take(error, Readable.from([]));
      },
    );
  });
}

/**
 * Every invoice of a month that has a number, voided ones among them: each as PDF, all as invoices.csv and invoices.json. It is
 * written while it is read, and breaks off where something fails.
 * @throws DomainError NOT_FOUND where the month has neither a statement nor invoices, CONFLICT where none has a number yet
 */
export async function exportInvoices(ctx: Ctx, input: InvoiceMonthInput): Promise<Download> {
  requireRight(ctx.actor, "reports:read");
  const asked = InvoiceMonthInput.safeParse(input);
  if (!asked.success)
    throw new DomainError("INVALID_INPUT", "A month is written 2026-10.", { field: "month" });
  const { month } = asked.data;
  const { drafts, finals, voids } = await readInvoiceMonth(ctx, { month });
  const numbered: Pick<Invoice, "id" | "number" | "month" | "finalisedAt">[] = [];
  for await (const batch of invoicesOfMonth(ctx, month)) {
    const light = batch
      .filter(hasNumber)
      .map(({ id, number, finalisedAt }) => ({ id, number, month, finalisedAt }));
    numbered.push(...light);
  }
  if (numbered.length === 0)
    throw new DomainError("CONFLICT", "No invoice of this month has a number yet: finalise them first.");
  await ctx.db.write((db) =>
    recordAudit(db, ctx, {
      action: "invoices.exported",
      subject: month,
      after: { final: finals.count, void: voids.count, draftsLeftOut: drafts.count },
    }),
  );
  const zip = new ZipFile();
  add(zip, "invoices.csv", ctx.now, async () => {
    const table = invoicesTable.open(ctx, { month, numbered: true });
    const { body } = await csvOf(table, { bom: false, onError: () => undefined });
    return Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
  });
  add(zip, "invoices.json", ctx.now, () => Promise.resolve(Readable.from(jsonOf(ctx, month, drafts.count))));
  for (const { id, finalisedAt, ...named } of numbered)
    add(zip, invoiceFileName(ctx, { id, ...named }, "pdf"), new Date(finalisedAt ?? ctx.now), async () =>
      Readable.from(renderInvoice(await readInvoice(ctx, { id }))),
    );
  zip.end();
  const body = Readable.from(zip.outputStream);
  zip.on("error", (error: Error) => {
    body.destroy(error);
  });
  return {
    fileName: `${ctx.tenant.slug}-invoices-${month}.zip`,
    contentType: "application/zip",
    chunks: body,
  };
}

import type { Invoice } from "../documents";
import { groupDigits } from "../amount-text";
import { monthName } from "../month-name";
import { drawable, fonts, mark, openPdf, type Pdf } from "./fonts";
import { drawLines, needs, tableWidth } from "./table";

const half = tableWidth / 2 - 10;

function block(pdf: Pdf, texts: readonly string[], x: number, width: number): number {
  const top = pdf.y;
  texts
    .filter((text) => text !== "")
    .forEach((text, at) => {
      pdf.font(at === 0 ? fonts.bold : fonts.regular).fontSize(at === 0 ? 11 : 9).fillColor("#111");
      pdf.text(drawable(pdf, text), x, pdf.y, { width, lineGap: 1.5 });
    }); // prettier-ignore
  const bottom = pdf.y;
  pdf.y = top;
  return bottom;
}

const named = (name: string, value: string) => (value === "" ? "" : `${name} ${value}`);

function titleOf({ state, number, totalUsd }: Invoice): string {
  const what = totalUsd.startsWith("-") ? "Credit invoice" : "Invoice";
  if (state === "draft") return `Draft ${what.toLowerCase()}`;
  return state === "void" ? `${what} ${number ?? ""}: void` : `${what} ${number ?? ""}`;
}

function drawHead(pdf: Pdf, invoice: Invoice): void {
  const left = pdf.page.margins.left;
  const { issuer, customer } = invoice;
  const issuerEnd = block(
    pdf,
    [issuer.name, ...issuer.addressLines, named("VAT id", issuer.vatId)],
    left,
    half,
  );
  pdf.y = Math.max(issuerEnd, pdf.y) + 26;
  pdf.font(fonts.bold).fontSize(20).fillColor("#111");
  pdf.text(drawable(pdf, titleOf(invoice)), left, pdf.y, { width: tableWidth });
  pdf.y += 14;
  const facts = [
    "Details",
    `For ${monthName(invoice.month)}`,
    named("Issued on", invoice.issuedOn ?? ""),
    named("Due on", invoice.dueOn ?? ""),
    `Rate plan ${invoice.plan.name}, version ${String(invoice.plan.version)}`,
    named("Replaces", invoice.replaces?.number ?? ""),
    invoice.voidReason === null ? "" : `Void: ${invoice.voidReason}`,
  ];
  const billed = ["Billed to", customer.name, ...customer.addressLines, customer.email, named("VAT id", customer.vatId)]; // prettier-ignore
  const ends = [block(pdf, billed, left, half), block(pdf, facts, left + tableWidth / 2 + 10, half)];
  pdf.y = Math.max(...ends) + 24;
  pdf.x = left;
}

function paragraph(pdf: Pdf, text: string, colour = "#444"): void {
  pdf.font(fonts.regular).fontSize(8.5).fillColor(colour);
  const drawn = drawable(pdf, text);
  needs(pdf, Math.min(pdf.heightOfString(drawn, { width: tableWidth }), 120) + 8);
  pdf.font(fonts.regular).fontSize(8.5).fillColor(colour);
  pdf.text(drawn, pdf.page.margins.left, pdf.y, { width: tableWidth, lineGap: 1 });
  pdf.y += 8;
}

const calls = (count: number) => (count === 1 ? "1 call" : `${groupDigits(String(count))} calls`);

function drawNotes(pdf: Pdf, invoice: Invoice): void {
  pdf.y += 18;
  const { unpricedCalls, issuer, contentHash } = invoice;
  if (unpricedCalls > 0)
    paragraph(pdf, `${calls(unpricedCalls)} without a known price: what they cost is not in this invoice.`);
  if (issuer.bankLines.length > 0) paragraph(pdf, issuer.bankLines.join("\n"), "#111");
  if (issuer.note !== "") paragraph(pdf, issuer.note);
  if (contentHash !== null) paragraph(pdf, `SHA-256 ${contentHash}`, "#777");
}

/** Whether a mark stands anywhere in it for characters that cannot be drawn. */
function isMarked(pdf: Pdf, invoice: Invoice): boolean {
  const { issuer, customer, lines, plan, voidReason } = invoice;
  pdf.font(fonts.regular);
  return [
    issuer.name, ...issuer.addressLines, issuer.vatId, ...issuer.bankLines, issuer.note, customer.name, ...customer.addressLines,
    customer.email, customer.vatId, plan.name, voidReason ?? "", ...lines.map(({ description }) => description),
  ].some((text) => drawable(pdf, text) !== text.normalize("NFC")); // prettier-ignore
}

function drawFeet(pdf: Pdf, invoice: Invoice): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let at = start; at < start + count; at += 1) {
    pdf.switchToPage(at);
    const { margins, height } = pdf.page;
    // Below the margin, where text would begin another page.
    margins.bottom = 0;
    pdf.font(fonts.regular).fontSize(8).fillColor("#777");
    const page = `Page ${String(at - start + 1)} of ${String(count)}`;
    const y = height - 44;
    const name = drawable(pdf, `${titleOf(invoice)} · ${invoice.customer.name}`);
    pdf.text(name, margins.left, y, { width: tableWidth - 90, height: 10, ellipsis: true, lineBreak: false });
    pdf.text(page, margins.left + tableWidth - 80, y, { width: 80, align: "right", lineBreak: false });
    if (invoice.state === "final") continue;
    pdf.save().font(fonts.bold).fontSize(110).fillColor("#000", 0.06);
    pdf.rotate(-35, { origin: [297, 420] });
    pdf.text(invoice.state === "draft" ? "DRAFT" : "VOID", 97, 360, {
      width: 400,
      align: "center",
      lineBreak: false,
    });
    pdf.restore().fillColor("#111", 1);
  }
}

/**
 * An invoice on paper, as a stream. Amounts are as stored; characters that our fonts lack are marked, and it says where the exact
 * text stands. The same invoice gives the same pages.
 */
export function renderInvoice(invoice: Invoice): Pdf {
  const at = new Date(invoice.finalisedAt ?? invoice.computedAt);
  const pdf = openPdf({ title: titleOf(invoice), author: invoice.issuer.name, at });
  drawHead(pdf, invoice);
  drawLines(pdf, invoice);
  drawNotes(pdf, invoice);
  if (isMarked(pdf, invoice))
    paragraph(pdf, `${mark} stands for characters that this document's fonts lack. The exact text is in the invoice's JSON and CSV.`, "#777"); // prettier-ignore
  drawFeet(pdf, invoice);
  pdf.end();
  return pdf;
}

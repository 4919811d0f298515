import { amountText } from "../amount-text";
import type { Invoice, InvoiceLine } from "../documents";
import { Usd } from "@/server/prices/decimal";
import { drawable, fonts, type Pdf } from "./fonts";

const size = 9;
const gap = 6;
/** Left edge and width of each column, in points from the left margin; numbers end at their right. */
const columns = [
  { title: "Description", x: 0, width: 224, align: "left" },
  { title: "Quantity", x: 230, width: 88, align: "right" },
  { title: "Unit price, USD", x: 324, width: 88, align: "right" },
  { title: "Amount, USD", x: 418, width: 65, align: "right" },
] as const;
export const tableWidth = 483;

const unitNames = { tokens: "tokens", calls: "calls", usd: "USD of cost", months: "month" } as const;
const perNames: Record<number, string> = { 1_000_000: " / 1M" };

function quantityText({ quantity, unit }: InvoiceLine): string {
  if (quantity === null || unit === null) return "";
  const shown = unit === "usd" ? new Usd(quantity).toDecimalPlaces(6).toFixed() : quantity;
  return `${amountText(shown)} ${unitNames[unit]}`;
}

function unitText({ unitUsd, per }: InvoiceLine): string {
  return unitUsd === null ? "" : `${amountText(unitUsd)}${perNames[per ?? 1] ?? ""}`;
}

const cells = (line: InvoiceLine) => [
  line.description,
  quantityText(line),
  unitText(line),
  amountText(line.amountUsd),
];

const bottomOf = (pdf: Pdf) => pdf.page.height - pdf.page.margins.bottom;
const leftOf = (pdf: Pdf) => pdf.page.margins.left;

function rule(pdf: Pdf, colour: string): void {
  const left = leftOf(pdf);
  pdf.moveTo(left, pdf.y).lineTo(left + tableWidth, pdf.y).lineWidth(0.5).strokeColor(colour).stroke(); // prettier-ignore
  pdf.y += gap;
}

function heightOf(pdf: Pdf, texts: readonly string[]): number {
  pdf.font(fonts.regular).fontSize(size);
  return Math.max(
    ...columns.map(({ width }, at) => pdf.heightOfString(drawable(pdf, texts[at] ?? "") || " ", { width })),
  );
}

function row(pdf: Pdf, texts: readonly string[], font: string): void {
  const top = pdf.y;
  pdf.font(font).fontSize(size).fillColor("#111");
  const height = heightOf(pdf, texts);
  pdf.font(font);
  columns.forEach(({ x, width, align }, at) => {
    pdf.text(drawable(pdf, texts[at] ?? ""), leftOf(pdf) + x, top, { width, align });
  });
  pdf.y = top + height + gap;
  pdf.x = leftOf(pdf);
}

function header(pdf: Pdf): void {
  row(pdf, columns.map(({ title }) => title), fonts.bold); // prettier-ignore
  rule(pdf, "#111");
}

/** Begins a page if less than this is left of the one that is written. */
export function needs(pdf: Pdf, height: number, onNewPage: () => void = () => undefined): void {
  if (pdf.y + height <= bottomOf(pdf)) return;
  pdf.addPage();
  onNewPage();
}

function totals(pdf: Pdf, invoice: Invoice): [string, string, string][] {
  const taxes = invoice.lines.filter(({ kind }) => kind === "tax");
  const total = invoice.totalUsd.startsWith("-") ? "Total credit, USD" : "Total, USD";
  return [
    ...(taxes.length > 0
      ? [["Net amount, USD", amountText(invoice.netUsd), fonts.regular] as [string, string, string]]
      : []),
    ...taxes.map((line): [string, string, string] => [
      line.description,
      amountText(line.amountUsd),
      fonts.regular,
    ]),
    [total, amountText(invoice.totalUsd), fonts.bold],
  ];
}

/** The lines under a header that each page repeats, and the totals, which never stand without a line above them. */
export function drawLines(pdf: Pdf, invoice: Invoice): void {
  const lines = invoice.lines.filter(({ kind }) => kind !== "tax").map(cells);
  const sums = totals(pdf, invoice);
  const sumHeight = (label: string) =>
    pdf.font(fonts.regular).fontSize(size).heightOfString(drawable(pdf, label), { width: 316 }) + gap;
  const totalsHeight = sums.reduce((sum, [label]) => sum + sumHeight(label), 3 * gap);
  const again = () => header(pdf);
  needs(pdf, 80);
  header(pdf);
  if (lines.length === 0) row(pdf, ["Nothing is charged for this month.", "", "", "0.00"], fonts.regular);
  lines.forEach((texts, at) => {
    const below = at === lines.length - 1 ? totalsHeight : 0;
    needs(pdf, heightOf(pdf, texts) + gap + below, again);
    row(pdf, texts, fonts.regular);
  });
  rule(pdf, "#999");
  for (const [label, amount, font] of sums) {
    const top = pdf.y;
    const height = sumHeight(label);
    pdf.font(font).fontSize(size);
    pdf.text(drawable(pdf, label), leftOf(pdf) + 96, top, { width: 316, align: "right" });
    pdf.text(amount, leftOf(pdf) + 418, top, { width: 65, align: "right" });
    pdf.y = top + height;
    pdf.x = leftOf(pdf);
  }
}

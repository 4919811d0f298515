import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type InvoiceState, invoiceStates } from "@/server/invoices/schemas";
import { Month } from "@/server/periods/schemas";

/** Which month, and which invoices of it; without: the last closed month, and all. */
export const invoicesParams = {
  month: parseAsString,
  state: parseAsStringLiteral(invoiceStates),
};
export const loadInvoicesParams = createLoader(invoicesParams);
const serialize = createSerializer(invoicesParams);

interface MonthOfList {
  month: string;
  statement: object | null;
}

/** The month that is shown: the one asked for, else the last that is closed, else the newest; null: there is none. */
export function shownMonth<Row extends MonthOfList>(
  months: readonly Row[],
  asked: string | null,
): Row | null {
  const named = months.find(({ month }) => month === asked);
  return named ?? months.find(({ statement }) => statement !== null) ?? months[0] ?? null;
}

/** What page and browser ask alike. */
export const listQuestion = (month: string, state: InvoiceState | null) => ({
  month: Month.parse(month),
  ...(state !== null && { state }),
});

export const invoicesHref = (slug: string, month: string) => serialize(`/${slug}/invoices`, { month });
export const invoiceHref = (slug: string, id: string) => `/${slug}/invoices/${id}`;

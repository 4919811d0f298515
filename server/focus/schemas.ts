import { z } from "zod";
import { Month } from "@/server/periods/schemas";

export const focusVersion = "1.2";

/** estimated: what the ledger says. reconciled: what providers billed, where they have. */
export const focusModes = ["estimated", "reconciled"] as const;
export const FocusMode = z.enum(focusModes);
export type FocusMode = z.infer<typeof FocusMode>;

export const focusFormats = ["csv", "parquet"] as const;
export const FocusFormat = z.enum(focusFormats);
export type FocusFormat = z.infer<typeof FocusFormat>;

export const FocusMonthInput = z.strictObject({ month: Month, mode: FocusMode.default("estimated") });
export type FocusMonthInput = z.input<typeof FocusMonthInput>;

export const FocusInvoiceInput = z.strictObject({ invoice: z.uuid() });
export type FocusInvoiceInput = z.input<typeof FocusInvoiceInput>;

/** A closed month of providers' charges, or one invoice to a customer. */
export const FocusInput = z.union([FocusMonthInput, FocusInvoiceInput]);
export type FocusInput = z.input<typeof FocusInput>;

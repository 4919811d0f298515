import { z } from "zod";
import { BudgetSubject } from "./schemas";

/** A year, as far as plans go. */
export const mostForecastDays = 366;

export const ForecastInput = z.strictObject({
  subject: BudgetSubject,
  /** The month, or inclusive days of the tenant's zone; left out, the running month. */
  period: z
    .union([
      z.strictObject({
        month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month, such as 2026-03"),
      }),
      z.strictObject({ first: z.iso.date(), last: z.iso.date() }),
    ])
    .optional(),
});
export type ForecastInput = z.input<typeof ForecastInput>;

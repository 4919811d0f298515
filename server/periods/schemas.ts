import { z } from "zod";

/** YYYY-MM, of the tenant's zone. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month, such as 2026-03");
export type Month = z.infer<typeof Month>;

export const ClosePeriodInput = z.strictObject({ month: Month });
export type ClosePeriodInput = z.infer<typeof ClosePeriodInput>;

import { z } from "zod";

/** YYYY-MM, of the tenant's zone. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month, such as 2026-03");
export type Month = z.infer<typeof Month>;

export const ClosePeriodInput = z.strictObject({
  month: Month,
  /** Why it is closed although what was exported differs, or is not confirmed; nothing else is passed over. */
  despite: z
    .string()
    .trim()
    .min(1, "Say why: whoever reads the trace must understand it.")
    .max(1_000)
    .optional(),
});
export type ClosePeriodInput = z.infer<typeof ClosePeriodInput>;

export const CancelClosingInput = z.strictObject({ month: Month });
export type CancelClosingInput = z.infer<typeof CancelClosingInput>;

export const ReopenPeriodInput = z.strictObject({
  month: Month,
  reason: z.string().trim().min(1, "Say why: whoever reads the trace must understand it.").max(1_000),
});
export type ReopenPeriodInput = z.infer<typeof ReopenPeriodInput>;

export const blockerCodes = [
  "not_over",
  "not_final",
  "rolling_up",
  "rebuilding",
  "repricing",
  "erasing",
  "exports",
] as const;

/** Something that keeps a month from being closed. */
export const Blocker = z.object({
  code: z.enum(blockerCodes),
  sentence: z.string(),
  /** What can be done about it. */
  advice: z.string(),
  /** The instant from which it is gone by itself; null: that cannot be told. */
  until: z.string().nullable(),
});
export type Blocker = z.infer<typeof Blocker>;

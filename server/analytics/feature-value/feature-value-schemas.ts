import { z } from "zod";
import { Grain } from "@/server/activity/schemas";

export const mostMonths = 12;

export const FeatureValueInput = z.strictObject({
  /** The last month of the stretch, in the tenant's zone; left out: the running one. */
  month: z
    .string()
    .regex(/^2\d{3}-(0[1-9]|1[0-2])$/, "must be a month, such as 2026-03")
    .optional(),
  /** So many whole months up to it. */
  months: z.int().min(1).max(mostMonths).default(1),
  /** How the trend of adoption is cut. */
  trend: Grain.default("week"),
});
export type FeatureValueInput = z.input<typeof FeatureValueInput>;
export type FeatureValueQuestion = z.output<typeof FeatureValueInput>;

import { z } from "zod";
import { storableText } from "@/server/calls/schemas";

const FeatureName = storableText(256);

/** 1 to 12, each once, in order; all twelve are none: all year. */
const Months = z
  .array(z.int().min(1).max(12))
  .transform((all) => [...new Set(all)].sort((one, other) => one - other))
  .transform((all) => (all.length === 12 ? [] : all));

/** What people say about a feature; left out is not said. */
export const SetFeatureInput = z.strictObject({
  /** The very name that calls and usage events carry. */
  feature: FeatureName,
  /** Person id of the member who answers for it. */
  ownerId: z.uuid().nullable().default(null),
  /** The usage event that is its success, as it is sent. */
  conversionEvent: storableText(200).nullable().default(null),
  /** Why no review may suggest to kill it; null: it may. */
  protectedReason: z.string().trim().min(1, "must say why").max(500).nullable().default(null),
  /** Months of the year (1 to 12) in which it is used; empty: all year. */
  seasonalMonths: Months.default([]),
});
export type SetFeatureInput = z.input<typeof SetFeatureInput>;

export const FeatureInput = z.strictObject({ feature: FeatureName });
export type FeatureInput = z.input<typeof FeatureInput>;

export interface FeatureSetting {
  feature: string;
  ownerId: string | null;
  conversionEvent: string | null;
  protectedReason: string | null;
  /** 1 to 12, ascending; empty: all year. */
  seasonalMonths: number[];
}

export const mostFeatureSettings = 5_000;

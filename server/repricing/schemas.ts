import { z } from "zod";
import { Instant, storableText } from "@/server/calls/schemas";

export const runStates = ["previewing", "previewed", "running", "done", "failed", "discarded"] as const;
export const RunState = z.enum(runStates);
export type RunState = z.infer<typeof RunState>;

const Day = z.iso.date("must be a day, such as 2026-03-01");

const narrowing = {
  provider: storableText(256).optional(),
  model: storableText(256).optional(),
  /** Null: calls without a feature. */
  feature: storableText(256).nullable().optional(),
  /** Only calls whose cost is unknown; no amount that is known is touched. */
  onlyUnpriced: z.boolean().optional(),
};

export const RequestRepricingInput = z.strictObject({
  scope: z.strictObject({
    /** A day of the tenant's zone (its first instant), or an instant on a quarter hour. */
    from: z.union([Day, Instant]),
    /** Exclusive. */
    to: z.union([Day, Instant]),
    ...narrowing,
  }),
  /** Why, for whoever reads the audit log in a year. */
  reason: storableText(500),
});
export type RequestRepricingInput = z.infer<typeof RequestRepricingInput>;

/** Which calls a run is about, as it is stored: the instants are settled when it is requested. */
export const RepricingScope = z.strictObject({ from: Instant, to: Instant, ...narrowing });
export type RepricingScope = z.infer<typeof RepricingScope>;

const SignedUsd = z
  .string()
  .regex(/^-?\d{1,20}(\.\d{1,18})?$/, "must be an amount in USD, such as -12.5")
  .describe("USD, decimal string");

export const ApproveRepricingInput = z.strictObject({
  id: z.uuid(),
  /** What the preview said when the approver looked. */
  callsChanged: z.int().nonnegative(),
  deltaUsd: SignedUsd,
});
export type ApproveRepricingInput = z.infer<typeof ApproveRepricingInput>;

export const RepricingIdInput = z.strictObject({ id: z.uuid() });
export type RepricingIdInput = z.infer<typeof RepricingIdInput>;

/** What jobs hand to their verbs. */
export const RepricingJobInput = z.object({ runId: z.uuid() });
export type RepricingJobInput = z.infer<typeof RepricingJobInput>;

import { z } from "zod";
import { SetBudgetInput } from "@/server/budgets/schemas";

/** Whose the MRR is that an app tells with a user: the user's own, or that of the whole account, said with each of its users. */
export const mrrOwners = ["user", "account"] as const;
export type MrrOwner = (typeof mrrOwners)[number];

/** When somebody counts as gone, and of how many something may be claimed. What is left out is as delivered. */
export const RetentionSettings = z
  .strictObject({
    /** So many days after the last one with activity a user still counts as active; after them, as at risk. */
    activeDays: z.int().min(1).max(365).default(14),
    /** More days than these without activity: churned. */
    churnDays: z.int().min(1).max(730).default(30),
    /** Of fewer users nothing is claimed: no share, no percentile, no conclusion. */
    minUsers: z.int().min(1).max(1000).default(20),
    mrrOf: z.enum(mrrOwners).default("user"),
  })
  .refine(({ activeDays, churnDays }) => churnDays >= activeDays, {
    path: ["churnDays"],
    message: "must not be fewer than the days for which somebody counts as active",
  });
export type RetentionSettings = z.output<typeof RetentionSettings>;
export type RetentionSettingsInput = z.input<typeof RetentionSettings>;

export const usualRetention: RetentionSettings = RetentionSettings.parse({});

/** Monthly budgets for users of the throttle list, all or none. */
export const ApplyQuotasInput = z.strictObject({
  quotas: z
    .array(
      z.strictObject({
        userId: SetBudgetInput.shape.subject.shape.key,
        /** USD a month, dollars and cents. */
        amountUsd: SetBudgetInput.shape.amountUsd,
      }),
    )
    .min(1)
    .max(200)
    .refine((quotas) => new Set(quotas.map(({ userId }) => userId)).size === quotas.length, {
      message: "must name each user once",
    }),
  /** What the gate does to a call beyond it: asks first, turns it away, or (null) nothing, the quota only tells. */
  enforcement: SetBudgetInput.shape.enforcement,
});
export type ApplyQuotasInput = z.input<typeof ApplyQuotasInput>;

/** What applying them answered: which budgets, in which version. */
export const TakeBackQuotasInput = z.strictObject({
  quotas: z
    .array(z.strictObject({ id: z.uuid(), version: z.int().min(1) }))
    .min(1)
    .max(200),
});
export type TakeBackQuotasInput = z.input<typeof TakeBackQuotasInput>;

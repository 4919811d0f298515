import { z } from "zod";
import { storableText } from "@/server/calls/schemas";

/** Whose spending has a limit. A user's and an account's limit is what others call a quota. */
export const budgetSubjectKinds = ["tenant", "team", "feature", "user", "account", "environment"] as const;
export type BudgetSubjectKind = (typeof budgetSubjectKinds)[number];
export const budgetPeriods = ["month", "day"] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

export const BudgetSubject = z
  .strictObject({
    kind: z.enum(budgetSubjectKinds),
    /** The tag's value; empty for the tenant. */
    key: z.union([z.literal(""), storableText(512)]),
  })
  .refine(({ kind, key }) => (key === "") === (kind === "tenant"), {
    path: ["key"],
    message: "must name whom the budget is for; the organisation's own has no name",
  });
export type BudgetSubject = z.infer<typeof BudgetSubject>;

/** Per cent of the amount at which somebody is told. */
export const usualThresholds = {
  tenant: [70, 90, 100],
  team: [70, 90, 100],
  feature: [70, 90, 100],
  environment: [70, 90, 100],
  user: [80, 90, 100],
  account: [80, 90, 100],
} as const satisfies Record<BudgetSubjectKind, readonly number[]>;

/** At most ten million dollars, to the cent below which nobody plans. */
const Amount = z
  .string()
  .regex(/^\d{1,8}(\.\d{1,2})?$/, "must be dollars and cents, such as 1200 or 49.50")
  .refine((amount) => Number(amount) > 0, "must be more than nothing");
const Thresholds = z
  .array(z.int().min(1).max(200))
  .min(1, "must name at least one threshold")
  .max(8)
  .transform((all) => [...new Set(all)].sort((one, other) => one - other));

export const SetBudgetInput = z.strictObject({
  subject: BudgetSubject,
  period: z.enum(budgetPeriods).default("month"),
  /** USD as a decimal string. */
  amountUsd: Amount,
  /** Left out: the usual ones of its kind. */
  thresholds: Thresholds.optional(),
  /** What the gate does to a call that would exceed it; null: nothing, the budget only tells. */
  enforcement: z.enum(["ask", "deny"]).nullable().default(null),
  /** A member's person id. */
  ownerId: z.uuid().nullable().default(null),
  note: z.string().trim().max(500).nullable().default(null),
});
export type SetBudgetInput = z.input<typeof SetBudgetInput>;

export const BudgetInput = z.strictObject({ id: z.uuid() });
export type BudgetInput = z.input<typeof BudgetInput>;

/** One version of a budget. */
export const Budget = z.object({
  id: z.uuid(),
  version: z.int(),
  subject: z.object({ kind: z.enum(budgetSubjectKinds), key: z.string() }),
  period: z.enum(budgetPeriods),
  /** Decimal string, USD. */
  amountUsd: z.string(),
  thresholds: z.array(z.int()),
  enforcement: z.enum(["ask", "deny"]).nullable(),
  ownerId: z.string().nullable(),
  note: z.string().nullable(),
  validFrom: z.date(),
  /** Null: in force. */
  validTo: z.date().nullable(),
  createdBy: z.string(),
});
export type Budget = z.infer<typeof Budget>;

export const mostBudgets = 5_000;

import { z } from "zod";
import { printable } from "@/server/auth/schemas";
import { Month } from "@/server/periods/schemas";
import { tokenBuckets } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";

/** Of plans, prices and invoices: there is no other. */
export const invoiceCurrency = "USD";

const text = (max: number) =>
  z.string().trim().min(1, "must not be empty").max(max).regex(printable, "must be printable");

/** USD of one unit, or of a million tokens: a plain decimal string, so that no digit is lost. */
export const UnitPrice = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,12})?$/, 'must be a plain decimal number, such as "2.5"');
/** USD in cents at most: what goes on an invoice as it is. */
export const Amount = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,2})?$/, 'must be an amount in dollars and cents, such as "49.00"');
export const SignedAmount = z
  .string()
  .regex(/^-?\d{1,12}(\.\d{1,2})?$/, 'must be an amount in dollars and cents, such as "-25.00"');
const Percent = (max: number) =>
  z
    .string()
    .regex(/^\d{1,5}(\.\d{1,4})?$/, {
      error: 'must be a percentage with up to four decimals, such as "19" or "7.5"',
      abort: true,
    })
    .refine((percent) => new Usd(percent).lte(max), `must not be more than ${String(max)}`);
/** Whole tokens or calls. */
const Units = z.string().regex(/^\d{1,15}$/, "must be a whole number");
const isPositive = (value: string) => /[1-9]/.test(value);

/** Which usage a component is of; an empty list is all. */
const filter = {
  /** As calls name them. */
  models: z.array(text(200)).max(100).default([]),
  features: z.array(text(256)).max(100).default([]),
};
/** As the invoice names it. */
const label = text(120);
/** An empty list is all. */
const tokenClasses = z.array(z.enum(tokenBuckets)).max(tokenBuckets.length).default([]);
/** Units of each month that cost nothing, before any are charged. */
const included = Units.default("0");

export const measures = ["tokens", "calls", "cost"] as const;
export const TierMeasure = z.enum(measures);
export type TierMeasure = z.infer<typeof TierMeasure>;

const Tier = z.strictObject({
  /** The last unit that is in it (tokens, calls, USD of cost); null: open, and the last of all. */
  upTo: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,6})?$/, { error: "must be a plain decimal number", abort: true })
    .refine(isPositive, "must be more than nothing")
    .nullable(),
  /** USD of a million tokens, of a call, or of each USD of cost. */
  unitUsd: UnitPrice,
  /** Once, where the tier is reached. */
  flatUsd: Amount.default("0"),
});
export type Tier = z.infer<typeof Tier>;

const Tiers = z
  .strictObject({
    kind: z.literal("tiers"),
    label,
    measure: TierMeasure,
    /** graduated: each unit costs what its own tier says. volume: all units cost what the tier of the last one says. */
    mode: z.enum(["graduated", "volume"]),
    tokenClasses,
    ...filter,
    included,
    tiers: z.array(Tier).min(1, "needs a tier").max(20),
  })
  .superRefine(({ measure, tiers, tokenClasses: classes }, refinement) => {
    const issue = (path: (string | number)[], message: string) => {
      refinement.addIssue({ code: "custom", path, message });
    };
    if (measure !== "tokens" && classes.length > 0)
      issue(["tokenClasses"], "only tokens are told apart by class");
    tiers.forEach(({ upTo }, at) => {
      const before = tiers[at - 1]?.upTo;
      if ((upTo === null) !== (at === tiers.length - 1))
        issue(["tiers", at, "upTo"], "the last tier, and it alone, is open");
      else if (upTo !== null && before && new Usd(before).gte(upTo))
        issue(["tiers", at, "upTo"], "must be more than in the tier before");
      if (upTo !== null && measure !== "cost" && !/^\d+$/.test(upTo))
        issue(["tiers", at, "upTo"], "must be a whole number");
    });
  });

export const Component = z.discriminatedUnion("kind", [
  /** What the calls cost, exactly, and a markup. */
  z.strictObject({ kind: z.literal("cost_plus"), label, markupPercent: Percent(10_000), ...filter }),
  z.strictObject({
    kind: z.literal("per_token"),
    label,
    usdPerMillion: UnitPrice,
    tokenClasses,
    ...filter,
    included,
  }),
  z.strictObject({ kind: z.literal("per_call"), label, usdPerCall: UnitPrice, ...filter, included }),
  Tiers,
  z.strictObject({ kind: z.literal("flat"), label, usd: Amount }),
  /** So much of the month's usage is free: of what the components of usage come to, never of fees. */
  z.strictObject({
    kind: z.literal("included"),
    label,
    usd: Amount.refine(isPositive, "must be more than nothing"),
  }),
]);
export type Component = z.infer<typeof Component>;
export type UsageComponent = Exclude<Component, { kind: "flat" | "included" }>;

export const Tax = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** Rounded once, of the net amount of the invoice. */
  z.strictObject({ kind: z.literal("rate"), name: text(40), percent: Percent(100) }),
  z.strictObject({ kind: z.literal("reverse_charge"), note: text(300) }),
]);
export type Tax = z.infer<typeof Tax>;

/** What a version of a rate plan says. Lines come in the order of the components; then minimum, discount, what was added by hand, tax. */
export const PlanTerms = z.strictObject({
  name: text(120),
  components: z.array(Component).min(1, "needs a component").max(30),
  /** What usage, fees and included amounts of the month come to at least; null: none. */
  minimumUsd: Amount.refine(isPositive, "must be more than nothing").nullable().default(null),
  /** Of all lines before it, also of what corrects earlier months. */
  discountPercent: Percent(100).default("0"),
  tax: Tax.default({ kind: "none" }),
});
export type PlanTerms = z.infer<typeof PlanTerms>;

export const PlanInput = z.strictObject({ id: z.uuid(), version: z.int().positive().optional() });
export type PlanInput = z.input<typeof PlanInput>;

export const SavePlanInput = z.strictObject({
  /** Without it, a new plan. */
  id: z.uuid().optional(),
  /** The version that was looked at: somebody else's change is not overwritten. Needed with an id. */
  baseVersion: z.int().positive().optional(),
  terms: PlanTerms,
});
export type SavePlanInput = z.input<typeof SavePlanInput>;

export const RetirePlanInput = z.strictObject({ id: z.uuid() });
export type RetirePlanInput = z.input<typeof RetirePlanInput>;

export const PreviewPlanInput = z.strictObject({
  terms: PlanTerms,
  /** A closed one; without it, the last. */
  month: Month.optional(),
});
export type PreviewPlanInput = z.input<typeof PreviewPlanInput>;

import { z } from "zod";
import { printable } from "@/server/auth/schemas";
import { Month } from "@/server/periods/schemas";
import { SignedAmount, Tax } from "./plan-schemas";

/** Of lines and hash; grows when either changes its meaning. */
export const invoiceShape = 1;

export const invoiceStates = ["draft", "final", "void"] as const;
export const InvoiceState = z.enum(invoiceStates);
export type InvoiceState = z.infer<typeof InvoiceState>;

export const lineKinds = [
  "usage",
  "late",
  "price",
  "flat",
  "included",
  "minimum",
  "discount",
  "manual",
  "tax",
] as const;
export const LineKind = z.enum(lineKinds);
export type LineKind = z.infer<typeof LineKind>;

export const lineUnits = ["tokens", "calls", "usd", "months"] as const;
export const LineUnit = z.enum(lineUnits);
export type LineUnit = z.infer<typeof LineUnit>;

/** Why calls of a statement are on no invoice. */
export const uninvoicedReasons = ["no_account", "no_plan", "not_billed", "no_invoice"] as const;
export type UninvoicedReason = (typeof uninvoicedReasons)[number];

/** Why a draft is not what it would be if it were computed now. */
export const outdatedReasons = ["statement", "plan", "details"] as const;
export type OutdatedReason = (typeof outdatedReasons)[number];

/** As calls name it. */
export const AccountId = z
  .string()
  .min(1, "must not be empty")
  .max(256)
  .refine((id) => !id.includes("\u0000"), "must be storable");

const text = (max: number) => z.string().trim().max(max).regex(printable, "must be printable");
const lines = (most: number) => z.array(text(200).min(1)).max(most).default([]);
const DueDays = z.int().min(0).max(365);

/** Who is billed, as it goes on the invoice. */
export const CustomerDetails = z.strictObject({
  /** Empty: the account's id stands in its place. */
  name: text(200).default(""),
  addressLines: lines(8),
  email: z.union([z.literal(""), z.email("must be an e-mail address").max(254)]).default(""),
  vatId: text(40).default(""),
  /** Null: the issuer's. */
  dueDays: DueDays.nullable().default(null),
  /** In the plan's place; null: the plan's. */
  tax: Tax.nullable().default(null),
});
export type CustomerDetails = z.infer<typeof CustomerDetails>;

/** Who bills, as it goes on the invoice. */
export const IssuerDetails = z.strictObject({
  /** Empty: the tenant's name stands in its place. */
  name: text(200).default(""),
  addressLines: lines(8),
  vatId: text(40).default(""),
  bankLines: lines(8),
  /** Below the total. */
  note: z.string().trim().max(1_000).default(""),
  numberPrefix: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9-]{0,11}$/, "must be capital letters, digits and dashes, 12 at most")
    .default("INV"),
  dueDays: DueDays.default(14),
});
export type IssuerDetails = z.infer<typeof IssuerDetails>;

export const SaveAccountInput = z
  .strictObject({
    accountId: AccountId,
    /** Null: the default plan. */
    planId: z.uuid().nullable(),
    isBilled: z.boolean().default(true),
    /** The first and the last month that is billed; null is open. */
    billFrom: Month.nullable().default(null),
    billThrough: Month.nullable().default(null),
    details: CustomerDetails,
  })
  .refine(({ billFrom, billThrough }) => !billFrom || !billThrough || billFrom <= billThrough, {
    message: "must not be before the first month",
    path: ["billThrough"],
  });
export type SaveAccountInput = z.input<typeof SaveAccountInput>;

export const AccountInput = z.strictObject({ accountId: AccountId });
export type AccountInput = z.input<typeof AccountInput>;

export const ListAccountsInput = z.strictObject({
  /** Part of an id or a name. */
  search: z.string().trim().max(200).default(""),
  cursor: AccountId.nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAccountsInput = z.input<typeof ListAccountsInput>;

export const SaveIssuerInput = z.strictObject({
  /** Of accounts without a plan of their own; null: these are not billed. */
  defaultPlanId: z.uuid().nullable(),
  details: IssuerDetails,
});
export type SaveIssuerInput = z.input<typeof SaveIssuerInput>;

export const InvoiceInput = z.strictObject({ id: z.uuid() });
export type InvoiceInput = z.input<typeof InvoiceInput>;

export const InvoiceMonthInput = z.strictObject({ month: Month });
export type InvoiceMonthInput = z.input<typeof InvoiceMonthInput>;

export const ListInvoicesInput = z.strictObject({
  month: Month.optional(),
  state: InvoiceState.optional(),
  accountId: AccountId.optional(),
  /** The last one of the page before. */
  cursor: z.strictObject({ month: Month, accountId: AccountId, id: z.uuid() }).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListInvoicesInput = z.input<typeof ListInvoicesInput>;

export const MakeDraftsInput = z.strictObject({
  month: Month,
  /** `next` of the answer before: drafts are made a batch at a time. */
  after: AccountId.nullish(),
});
export type MakeDraftsInput = z.input<typeof MakeDraftsInput>;

export const AddLineInput = z.strictObject({
  id: z.uuid(),
  description: text(200).min(1, "must not be empty"),
  /** Less than nothing is a credit. */
  amountUsd: SignedAmount.refine((amount) => /[1-9]/.test(amount), "must not be nothing"),
});
export type AddLineInput = z.input<typeof AddLineInput>;

export const RemoveLineInput = z.strictObject({ id: z.uuid(), manualId: z.uuid() });
export type RemoveLineInput = z.input<typeof RemoveLineInput>;

export const FinaliseInput = z.strictObject({
  id: z.uuid(),
  /** As it was shown to whoever finalises: what has changed meanwhile is refused. */
  totalUsd: z.string().max(60),
});
export type FinaliseInput = z.input<typeof FinaliseInput>;

export const FinaliseMonthInput = z.strictObject({
  month: Month,
  /** As they were shown: how many drafts, and what they come to. In later batches: what the answer before said is left. */
  confirm: z.strictObject({ drafts: z.int().min(1), totalUsd: z.string().max(60) }),
});
export type FinaliseMonthInput = z.input<typeof FinaliseMonthInput>;

export const VoidInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(1, "Say why: whoever reads the trace must understand it.").max(1_000),
});
export type VoidInput = z.input<typeof VoidInput>;

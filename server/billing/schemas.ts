import { z } from "zod";
import { printable } from "@/server/auth/schemas";

export const modes = ["test", "live"] as const;
export const Mode = z.enum(modes);
export type Mode = z.infer<typeof Mode>;

export const connectionStates = ["active", "failing", "disconnected"] as const;
export const ConnectionState = z.enum(connectionStates);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** What of the ledger a meter counts. Costs are billed in millionths of a dollar, so that each is a whole number. */
export const measures = ["tokens", "calls", "cost_micro_usd"] as const;
export const Measure = z.enum(measures);
export type Measure = z.infer<typeof Measure>;

export const exportStates = ["pending", "unknown", "sent", "confirmed", "refused", "too_old"] as const;
export const ExportState = z.enum(exportStates);
export type ExportState = z.infer<typeof ExportState>;

export const differenceClasses = [
  "not_sent",
  "missing",
  "refused",
  "late",
  "doubled",
  "wrong_customer",
  "wrong_month",
  "amount",
  "price_mismatch",
  "unknown_meter",
  "rollup",
] as const;
export const DifferenceClass = z.enum(differenceClasses);
export type DifferenceClass = z.infer<typeof DifferenceClass>;

/** Meters of a tenant; each is asked about for every customer. */
export const maxMeters = 10;

const text = (max: number) =>
  z.string().trim().min(1, "must not be empty").max(max).regex(printable, "must be printable");

export const ApiKey = z
  .string()
  .trim()
  .max(300)
  .regex(
    /^(rk|sk)_(test|live)_[A-Za-z0-9_]{8,}$/,
    "must be a secret or restricted key, as Stripe shows it (rk_… or sk_…)",
  );
export const WebhookSecret = z
  .string()
  .trim()
  .max(300)
  .regex(/^whsec_[A-Za-z0-9+/=_-]{8,}$/, "must be a signing secret, as Stripe shows it (whsec_…)");
const ProviderId = (prefix: string) =>
  z
    .string()
    .trim()
    .max(120)
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9_]+$`), `must be an id of Stripe's (${prefix}_…)`);

export const ConnectInput = z.strictObject({ apiKey: ApiKey, webhookSecret: WebhookSecret.optional() });
export type ConnectInput = z.input<typeof ConnectInput>;

export const RotateInput = z
  .strictObject({ apiKey: ApiKey.optional(), webhookSecret: WebhookSecret.optional() })
  .refine(({ apiKey, webhookSecret }) => apiKey !== undefined || webhookSecret !== undefined, {
    message: "must hold a new key or a new signing secret",
  });
export type RotateInput = z.input<typeof RotateInput>;

export const DisconnectInput = z.strictObject({
  /** As shown: what is under way then goes no further. */
  confirmUnderWay: z.int().min(0),
});
export type DisconnectInput = z.input<typeof DisconnectInput>;

export const AddMeterInput = z.strictObject({
  providerMeter: ProviderId("mtr"),
  measure: Measure,
  /** The first hour that is billed; without it, the next one. */
  startsAt: z.iso.datetime({ offset: true }).optional(),
  /** What a unit was agreed to cost, in the smallest unit of the currency: the invoice's lines are compared with it. */
  unitAmount: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,12})?$/, "must be a decimal number")
    .optional(),
});
export type AddMeterInput = z.input<typeof AddMeterInput>;

export const MeterInput = z.strictObject({ id: z.uuid() });
export type MeterInput = z.input<typeof MeterInput>;

export const AccountId = text(200);
export const MapAccountInput = z.strictObject({ accountId: AccountId, customerId: ProviderId("cus") });
export type MapAccountInput = z.input<typeof MapAccountInput>;
export const UnmapAccountInput = z.strictObject({ accountId: AccountId });
export type UnmapAccountInput = z.input<typeof UnmapAccountInput>;

export const ListExportsInput = z.strictObject({
  meterId: z.uuid().optional(),
  accountId: AccountId.optional(),
  state: ExportState.optional(),
  /** The last row of the page before. */
  cursor: z.strictObject({ windowStart: z.iso.datetime(), id: z.uuid() }).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListExportsInput = z.input<typeof ListExportsInput>;

export const ExportInput = z.strictObject({ id: z.uuid() });
export type ExportInput = z.input<typeof ExportInput>;

/** What an account of the ledger and a customer of the provider have in common, the surest first. */
export const suggestionReasons = ["metadata", "id", "domain", "name"] as const;
export type SuggestionReason = (typeof suggestionReasons)[number];

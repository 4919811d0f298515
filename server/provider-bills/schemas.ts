import { z } from "zod";
import { printable } from "@/server/auth/schemas";

export const billProviders = ["openai", "anthropic"] as const;
/** Whose reports we can read by ourselves. */
export const ReportProvider = z.enum(billProviders);
export type ReportProvider = z.infer<typeof ReportProvider>;

export const connectionStates = ["active", "paused", "failing"] as const;
export const ConnectionState = z.enum(connectionStates);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** What a bill counts tokens as. It never tells reasoning from other output. */
export const tokenClasses = [
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "audio_input",
  "output",
  "audio_output",
  "tool",
  "other",
] as const;
export const TokenClass = z.enum(tokenClasses);
export type TokenClass = z.infer<typeof TokenClass>;

/** Why bill and ledger differ, in the order in which a gap is explained (README.md). */
export const causes = [
  "tax_or_credit",
  "late_correction",
  "unknown_model",
  "coverage",
  "tier_or_discount",
  "time_zone",
  "category",
  "price",
  "unexplained",
] as const;
export const Cause = z.enum(causes);
export type Cause = z.infer<typeof Cause>;

export const maxBillConnections = 20;
export const failuresUntilFailing = 3;
/** Providers correct past days: so many are read again each time. */
export const daysReadAgain = 35;
/** Two reads that say the same make a day final when they are this far apart. */
export const settledAfterMs = 24 * 3_600_000;

export const fileFormats = ["openai-cost", "anthropic-cost", "anthropic-usage", "focus"] as const;
export const FileFormat = z.enum(fileFormats);
export type FileFormat = z.infer<typeof FileFormat>;
export const FileKind = z.enum(["cost", "usage"]);
export type FileKind = z.infer<typeof FileKind>;

/** A file unpacked, and how many of its rows may be of models: all of them are held at once. */
export const maxBillFileBytes = 256 * 1024 * 1024;
export const maxBillFileLines = 25_000;
/** Rows that cannot be read: all are counted, the first are told. */
export const faultsShown = 20;

const day = z.iso.date();
export const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, "must be a month, as 2026-11");
/** As the ledger and the price list name it: openai, anthropic, aws, google … */
export const Provider = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "must be a provider's name");

const name = z.string().trim().min(1, "must not be empty").max(80).regex(printable, "must be printable");
const adminKey = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(300)
  .regex(/^[\x21-\x7e]+$/, "must be a key as it was shown to you, without blanks");
export const BillCredentials = z.strictObject({ adminKey });

export const BillSettings = z.strictObject({
  /** How far back the first read goes. */
  daysBack: z.int().min(daysReadAgain).max(365, "must be at most 365 days").default(daysReadAgain),
  /** Projects or workspaces whose calls are sent here, by the provider's ids; null: all of them. */
  covers: z.array(z.string().trim().min(1).max(200)).max(500).nullable().default(null),
  /** Anthropic alone: read what was paid after discounts beside the list price, where the organization may. */
  netOfDiscounts: z.boolean().default(false),
});
export type BillSettings = z.infer<typeof BillSettings>;

const defaultAddress: Record<ReportProvider, string> = {
  openai: "https://api.openai.com",
  anthropic: "https://api.anthropic.com",
};
export const ConnectBillInput = z
  .strictObject({
    provider: ReportProvider,
    name,
    baseUrl: z.string().trim().min(1).max(500).optional(),
    credentials: BillCredentials,
    settings: BillSettings.prefault({}),
  })
  .transform((input) => ({ ...input, baseUrl: input.baseUrl ?? defaultAddress[input.provider] }));
export type ConnectBillInput = z.input<typeof ConnectBillInput>;

export const BillConnectionInput = z.strictObject({ id: z.uuid() });
export type BillConnectionInput = z.infer<typeof BillConnectionInput>;

export const PullBillInput = z.strictObject({ connectionId: z.uuid() });
export type PullBillInput = z.infer<typeof PullBillInput>;

export const PreviewBillFileInput = z.strictObject({ uploadId: z.uuid() });
export type PreviewBillFileInput = z.infer<typeof PreviewBillFileInput>;

export const AddBillFileInput = z.strictObject({
  uploadId: z.uuid(),
  /** The provider has sent the invoice for these days: they are final without a second read. */
  isInvoiced: z.boolean().default(false),
});
export type AddBillFileInput = z.input<typeof AddBillFileInput>;

export const BillFileInput = z.strictObject({ id: z.uuid() });
export type BillFileInput = z.infer<typeof BillFileInput>;

export const BillReadsInput = z.strictObject({ provider: Provider, first: day, last: day });
export type BillReadsInput = z.infer<typeof BillReadsInput>;

export const BillMonthInput = z.strictObject({ provider: Provider, month: Month });
export type BillMonthInput = z.infer<typeof BillMonthInput>;

export const BillTrendInput = z.strictObject({ provider: Provider, months: z.array(Month).min(1).max(6) });
export type BillTrendInput = z.infer<typeof BillTrendInput>;

export const SignOffInput = z.strictObject({
  provider: Provider,
  month: Month,
  note: z.string().trim().max(1_000).default(""),
  /** The unexplained share that was looked at, so that nobody signs other figures than those on the screen. */
  billUsd: z.string().max(60),
  ledgerUsd: z.string().max(60),
  /** The number of the provider's own invoice. */
  invoiceNo: z
    .string()
    .trim()
    .max(200)
    .regex(printable, "must be printable")
    .nullable()
    .default(null)
    .transform((text) => (text === "" ? null : text)),
});
export type SignOffInput = z.input<typeof SignOffInput>;

/** A line of a bill, as each provider's spelling comes to it. */
export interface BillLine {
  basis: "cost" | "usage";
  kind: "usage" | "tax" | "credit";
  /** Of UTC. */
  day: string;
  model: string;
  tokenClass: TokenClass;
  /** standard, batch, flex, priority; '' where the bill does not say. */
  service: string;
  workspace: string;
  description: string;
  /** USD, decimal strings; null in lines of usage. */
  amount: string | null;
  listAmount: string | null;
  quantity: string | null;
  raw: unknown;
}

import { z } from "zod";
import type { PriceStatus } from "@/server/prices/price-call";

export const callKinds = [
  "llm",
  "embedding",
  "rerank",
  "image",
  "audio",
  "moderation",
  "tool",
  "other",
] as const;
export const priceStatuses = [
  "priced",
  "partial",
  "unpriced",
  "reported",
  "estimated",
] as const satisfies PriceStatus[];

/** Most calls in one request; larger batches buy no speed. */
export const maxCallsPerBatch = 1_000;
export const maxTokens = 1_000_000_000;
export const maxTags = 20;
/** Shorter ids of responses are counters or placeholders: linking by them would join strangers. */
export const minResponseIdLength = 8;

// PostgreSQL stores no NUL, and a lone surrogate is no character.
const isStorable = (value: string) => !value.includes("\0") && value.isWellFormed();
const encoder = new TextEncoder();
/** A character has three bytes at most, so only long texts need counting. */
const fits = (value: string, maxBytes: number) =>
  value.length * 3 <= maxBytes || (value.length <= maxBytes && encoder.encode(value).length <= maxBytes);
/** Counted in bytes, because that is what an index entry and most exports are limited by. */
export const storableText = (maxBytes: number) =>
  z
    .string()
    .min(1, "must not be empty; leave the field out instead")
    .refine((value) => fits(value, maxBytes), `must have at most ${String(maxBytes)} bytes`)
    .refine(isStorable, "holds characters that cannot be stored");

const tag = storableText(256);
const tokens = z
  .int("must be a whole number")
  .min(0, "must not be negative")
  .max(maxTokens, "must be at most 1,000,000,000");

/** Years 2000 to 2999: what JavaScript and PostgreSQL read alike. */
export const Instant = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time with its offset, such as 2026-03-01T12:00:00Z" })
  .refine((value) => value.startsWith("2") && !Number.isNaN(Date.parse(value)), "is out of range");

/** USD as a decimal string: a JSON number would have been through a float already. */
export const DecimalUsd = z
  .string('must be a decimal string, such as "0.0042"')
  .regex(/^\d{1,12}(\.\d{1,18})?$/, 'must be a plain decimal string, such as "0.0042"');

const tagKey = /^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/;
const Tags = z
  .record(z.string().regex(tagKey, "tag names are 1 to 64 letters, digits and _ . : / -"), tag)
  .refine((value) => Object.keys(value).length <= maxTags, `at most ${String(maxTags)} tags`);

/** A quantity with at most nine digits before the point and six after it. */
const Quantity = z
  .union([z.int().min(0).max(999_999_999).transform(String), z.string().regex(/^\d{1,9}(\.\d{1,6})?$/)])
  .describe('a whole number, or a decimal string such as "12.5"');
export const maxOtherUnits = 8;
const OtherUnits = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "names of units are lower case, such as web_searches"),
    Quantity,
  )
  .refine((units) => Object.keys(units).length <= maxOtherUnits, `at most ${String(maxOtherUnits)} units`);

export const Usage = z.strictObject({
  /** Totals as the provider's bill counts them: cached input and reasoning included. */
  inputTokens: tokens.optional(),
  outputTokens: tokens.optional(),
  /** Parts of inputTokens. */
  cacheReadTokens: tokens.optional(),
  cacheWrite5mTokens: tokens.optional(),
  cacheWrite1hTokens: tokens.optional(),
  audioInputTokens: tokens.optional(),
  /** Parts of outputTokens. */
  reasoningTokens: tokens.optional(),
  audioOutputTokens: tokens.optional(),
  /** Units of a tool that is not paid by the token, where it does not matter of which kind. */
  toolUnits: tokens.optional(),
  /** Quantities besides tokens by the price book's name of the unit: `{"web_searches": 3, "audio_seconds": "12.5"}`. */
  units: OtherUnits.optional(),
});
export type Usage = z.infer<typeof Usage>;

export const maxShares = 200;
/** Whom a part of a call served. What is left out is as in the call itself. */
const Share = z.strictObject({
  userId: tag.optional(),
  accountId: tag.optional(),
  feature: tag.optional(),
  team: tag.optional(),
  weight: z.number().positive().max(1_000_000).default(1),
});
export type Share = z.infer<typeof Share>;

/** One attempt at one model or tool, as an app sends it. */
export const CallInput = z.strictObject({
  id: storableText(200),
  occurredAt: Instant,
  kind: z.enum(callKinds).default("llm"),
  provider: storableText(64).optional(),
  model: storableText(200).optional(),
  userId: tag.optional(),
  accountId: tag.optional(),
  feature: tag.optional(),
  team: tag.optional(),
  environment: tag.optional(),
  prompt: z
    .strictObject({ id: tag.optional(), version: tag.optional(), hash: tag.optional() })
    .refine((prompt) => prompt.id ?? prompt.hash, "needs an id or a hash")
    .optional(),
  route: tag.optional(),
  region: tag.optional(),
  tier: tag.optional(),
  runId: tag.optional(),
  rootRequestId: tag.optional(),
  providerRequestId: tag.optional(),
  attempt: z.int().min(1).max(1_000).default(1),
  errorClass: storableText(64).optional(),
  billed: z.enum(["yes", "no", "unknown"]).default("yes"),
  batch: z.boolean().default(false),
  cache: z.enum(["none", "exact", "semantic"]).default("none"),
  latencyMs: z.int().min(0).max(86_400_000).optional(),
  usage: Usage.optional(),
  reportedCostUsd: DecimalUsd.optional(),
  tags: Tags.optional(),
  /** As the provider names it: default, flex, priority. It chooses the rates; the customer's own plan is `tier`. */
  serviceTier: storableText(64).optional(),
  /** When a batch's result was known. The call is priced by when it was asked for. */
  completedAt: Instant.optional(),
  /** One batch or one cached answer that served several: tokens and cost are split by weight, to the last digit. */
  shares: z.array(Share).min(2).max(maxShares).optional(),
});
export type CallInput = z.infer<typeof CallInput>;

/** Each call is checked by itself, so that one bad call does not cost the good ones. */
export const RecordCallsInput = z.strictObject({
  calls: z
    .array(z.unknown())
    .min(1, "send at least one call")
    .max(maxCallsPerBatch, `send at most ${String(maxCallsPerBatch)} calls at once`),
});
export type RecordCallsInput = z.infer<typeof RecordCallsInput>;

export const rejectionCodes = [
  "INVALID",
  "PARTS_EXCEED_TOTAL",
  "TAG_REQUIRED",
  "TOO_OLD",
  "TOO_NEW",
  "CONFLICT",
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

export interface Rejection {
  /** Position in the batch. */
  index: number;
  id: string | null;
  code: RejectionCode;
  field: string | null;
  message: string;
}

export interface RecordCallsAnswer {
  accepted: number;
  duplicates: number;
  rejected: Rejection[];
  /** Of the accepted: kept and linked, but not summed, because another source reported the same provider response. */
  linked?: number;
  /** Accepted calls without a tag that the tenant wants (feature, unless its policy says otherwise). */
  unattributed: number;
  /** Accepted calls whose price is not known: they are in no total yet. */
  unpriced: number;
}

const words = z.array(tag).min(1).max(20);
function conditionOn<Value extends z.ZodType<string>>(value: Value) {
  const values = z
    .array(z.union([value, z.null()]))
    .min(1)
    .max(100);
  return z.union([
    values,
    z.strictObject({
      is: values.optional(),
      not: values.optional(),
      /** Any of these words is part of the value, whatever its case. */
      contains: words.optional(),
    }),
  ]);
}

/**
 * What a tag must be. A list says "is one of"; null stands for calls without the tag. The parts of an object hold
 * together. "Is not" keeps calls without the tag unless it names null.
 */
export const Condition = conditionOn(tag);
export type Condition = z.infer<typeof Condition>;

/** What to keep of the list of calls. Conditions of different tags hold together. */
export const CallFilter = z.strictObject({
  kind: conditionOn(z.enum(callKinds)).optional(),
  feature: Condition.optional(),
  userId: Condition.optional(),
  accountId: Condition.optional(),
  provider: Condition.optional(),
  model: Condition.optional(),
  team: Condition.optional(),
  environment: Condition.optional(),
  promptId: Condition.optional(),
  promptVersion: Condition.optional(),
  errorClass: Condition.optional(),
  route: Condition.optional(),
  source: Condition.optional(),
  runId: Condition.optional(),
  /** Ids of API keys. */
  keyId: Condition.optional(),
  priceStatus: conditionOn(z.enum(priceStatuses)).optional(),
  /** Calls without the tag. */
  without: z
    .array(z.enum(["feature", "userId", "accountId", "team", "environment", "promptId", "route", "keyId"]))
    .min(1)
    .optional(),
  onlyErrors: z.literal(true).optional(),
  onlyRetries: z.literal(true).optional(),
  onlyFirstAttempts: z.literal(true).optional(),
  /** Came in more than so many minutes after they occurred. */
  lateByMinutes: z.int().min(1).max(5_256_000).optional(),
  /** Starts with this id. */
  id: storableText(200).optional(),
});
export type CallFilter = z.infer<typeof CallFilter>;

export const ListCallsInput = z.strictObject({
  order: z.enum(["newest", "dearest"]).default("newest"),
  from: Instant.optional(),
  to: Instant.optional(),
  filter: CallFilter.default({}),
  cursor: storableText(600).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListCallsInput = z.infer<typeof ListCallsInput>;

export const ShowCallInput = z.strictObject({ id: storableText(200) });
export type ShowCallInput = z.infer<typeof ShowCallInput>;

/** Ids of quarantine are digests in the form of a UUID, without its version. */
export const ShowQuarantinedInput = z.strictObject({ id: z.guid() });
export type ShowQuarantinedInput = z.infer<typeof ShowQuarantinedInput>;

import { z } from "zod";

/** Ways to have the same for less, in the order in which they are told apart. */
export const kinds = ["batch", "model", "cache", "prompt", "retry"] as const;
export const Kind = z.enum(kinds);
export type Kind = z.infer<typeof Kind>;

export const states = ["open", "accepted", "dismissed", "verified", "not_seen", "gone"] as const;
export const State = z.enum(states);
export type State = z.infer<typeof State>;
/** States that somebody brought about by accepting; their days are measured. */
export const acceptedStates = ["accepted", "verified", "not_seen"] as const satisfies State[];

/** Whole local days that are looked at, which is what "a month" means here. */
export const lookedDays = 30;
/** USD a month: what saves less is not worth a meeting. */
export const leastSavingUsd = "1";
/** Of a kind, those that save most. */
export const mostOfKind = 12;
/** The local hour from which on a tenant's calls are looked at. */
export const lookHour = 5;
/** Of what is stored. */
export const findingShape = 1;
/** Whole days after acceptance before anything is claimed, and after which it is settled. */
export const fewestMeasuredDays = 14;
export const mostMeasuredDays = lookedDays;

const count = z.int().nonnegative();
/** Decimal string, USD. */
const usd = z.string();
/** Decimal string from "0" to "1". */
const share = z.string();
const day = z.iso.date();
const name = z.string().nullable();

/** What a recommendation is about. Null is "any", but for the feature (calls without one) and the cause (nobody knows). */
export const Subject = z.object({
  feature: name,
  provider: name,
  model: name,
  prompt: name,
  version: name,
  /** How the attempt before had failed. */
  cause: name,
});
export type Subject = z.infer<typeof Subject>;

const BatchEvidence = z.object({
  kind: z.literal("batch"),
  /** Calls that could wait, those of them that have a price, and of those how many were looked at. */
  calls: count,
  pricedCalls: count,
  sampledCalls: count,
  costUsd: usd,
  batchUsd: usd,
  /** By what they seem to wait for nobody, and of how many of them that is true. */
  sign: z.enum(["withoutUser", "atNight"]),
  signShare: share,
  /** False: the book lists no batch rate for some of it, and half is supposed. */
  isListed: z.boolean(),
});
const ModelEvidence = z.object({
  kind: z.literal("model"),
  /** Of the feature with this model; those that are small; of the small ones, those with a price and those looked at. */
  calls: count,
  smallCalls: count,
  pricedCalls: count,
  sampledCalls: count,
  /** Of the feature's calls, how many this model answers. */
  modelShare: share,
  toModel: z.string(),
  /** Whether the tenant uses that model already. */
  isInUse: z.boolean(),
  costUsd: usd,
  cheaperUsd: usd,
});
const CacheEvidence = z.object({
  kind: z.literal("cache"),
  calls: count,
  costUsd: usd,
  freshTokensPerCall: count,
  /** Of the input, what is read from the provider's cache already. */
  readShare: share,
  /** Calls that come within five minutes of one before, which a cache could serve. */
  followShare: share,
  /** Fresh tokens of the shortest calls: no beginning that all share is longer. */
  prefixTokens: count,
  /** What is supposed: so many of these tokens, so often. */
  cachedTokens: count,
  hitRate: share,
  /** USD for a million tokens, at the end of the days looked at. */
  freshUsdPerMillion: usd,
  readUsdPerMillion: usd,
  /** What writing costs more than a fresh token; null: nothing. */
  surchargeUsdPerMillion: usd.nullable(),
});
const Side = z.object({
  calls: count,
  inputTokensPerCall: count,
  costPerCallUsd: usd,
  successRate: share,
});
export type VersionSide = z.infer<typeof Side>;
const PromptEvidence = z.object({
  kind: z.literal("prompt"),
  previousVersion: name,
  changedOn: day,
  /** The former version on the seven days before; the new one on its first seven. */
  before: Side,
  after: Side,
  /** Of the new version, in the days looked at. */
  calls: count,
  costUsd: usd,
});
const RetryEvidence = z.object({
  kind: z.literal("retry"),
  retryCalls: count,
  retryCostUsd: usd,
  unpricedCalls: count,
  /** Of all that the feature cost. */
  featureCostUsd: usd,
  /** Of the dearest day. */
  worstDay: day,
  worstDayUsd: usd,
});

export const Evidence = z.discriminatedUnion("kind", [
  BatchEvidence,
  ModelEvidence,
  CacheEvidence,
  PromptEvidence,
  RetryEvidence,
]);
export type Evidence = z.infer<typeof Evidence>;
export type EvidenceOf<Of extends Kind> = Extract<Evidence, { kind: Of }>;

/** What was counted over the last 30 whole local days. */
export const Finding = z.object({
  subject: Subject,
  /** Local days, both included. */
  first: day,
  last: day,
  /** A month; between low and high lies what another month like it would save. */
  savingUsd: usd,
  lowUsd: usd,
  highUsd: usd,
  evidence: Evidence,
});
export type Finding = z.infer<typeof Finding>;

/** A local day of what a recommendation is measured by: calls with a price, and what they cost. */
export const MeasuredDay = z.object({ day, calls: count, costUsd: usd });
export type MeasuredDay = z.infer<typeof MeasuredDay>;
/** Frozen at acceptance. */
export const Baseline = z.object({ first: day, last: day, savingUsd: usd, days: z.array(MeasuredDay) });
export type Baseline = z.infer<typeof Baseline>;

/** What the days after acceptance came to against those before. */
export const Measured = z.object({
  first: day,
  last: day,
  days: count,
  calls: count,
  costUsd: usd,
  /** What these calls would have cost at the former cost per call. */
  expectedUsd: usd,
  /** Never more than what the cost really fell by; 0 where it rose. */
  savingUsd: usd,
  /** 95 %. */
  lowUsd: usd,
  highUsd: usd,
  /** The interval lies above 0. */
  isSeen: z.boolean(),
});
export type Measured = z.infer<typeof Measured>;

/** What a look saw, found or not. */
export const LookFacts = z.object({
  calls: count,
  costUsd: usd,
  unpricedCalls: count,
  /** Of each kind: how many there was reason to look at closely, and how many of them save enough. */
  looked: z.record(Kind, z.object({ candidates: count, found: count })),
});
export type LookFacts = z.infer<typeof LookFacts>;

export const RecommendationInput = z.strictObject({ id: z.uuid() });
export type RecommendationInput = z.input<typeof RecommendationInput>;
const note = z.string().trim().max(2_000).default("");
export const AcceptInput = RecommendationInput.extend({ ownerId: z.uuid(), dueOn: z.iso.date(), note });
export type AcceptInput = z.input<typeof AcceptInput>;
export const DismissInput = RecommendationInput.extend({ note });
export type DismissInput = z.input<typeof DismissInput>;
export const ListInput = z.strictObject({ state: State.optional() }).default({});
export type ListInput = z.input<typeof ListInput>;

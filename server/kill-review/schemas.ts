import { z } from "zod";
import { storableText } from "@/server/calls/schemas";

export const suggestions = ["kill", "throttle", "merge", "keep"] as const;
export const Suggestion = z.enum(suggestions);
export type Suggestion = z.infer<typeof Suggestion>;

/** Why a feature is not to be killed, whatever its figures say. */
export const guards = ["protected", "seasonal", "new", "too_little_data"] as const;
export const Guard = z.enum(guards);
export type Guard = z.infer<typeof Guard>;

/** What a decision has come to, as it is seen in the ledger. */
export const decisionStates = ["kept", "open", "waiting", "done", "overdue", "measured"] as const;
export const DecisionState = z.enum(decisionStates);
export type DecisionState = z.infer<typeof DecisionState>;

export const verdicts = ["saved", "not_yet_visible", "none", "nothing_to_save", "unknown"] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

/** Of what is stored: see `KillFigures`, `Evidence` and `Baseline`. */
export const killReviewShape = 1;
/** The hour of a day, on the tenant's clocks, from which on a due date is reminded of. */
export const reminderHour = 8;
/** How far ahead a decision may be due. */
export const mostDaysUntilDue = 184;

const isFirst = (day: string) => day.endsWith("-01");
/** A month by its first day. */
export const KillMonth = z.iso
  .date("must be a day, such as 2026-11-01")
  .refine(isFirst, "must be the first of a month");

const FeatureName = storableText(256);
export const KillReviewInput = z.strictObject({ month: KillMonth });
export type KillReviewInput = z.input<typeof KillReviewInput>;
export const KillItemInput = z.strictObject({ month: KillMonth, feature: FeatureName });
export type KillItemInput = z.input<typeof KillItemInput>;

export const DecideInput = z
  .strictObject({
    ...KillItemInput.shape,
    decision: Suggestion,
    reason: z.string().trim().min(1, "must say why").max(1_000),
    /** Person id of the member who sees to it. */
    ownerId: z.uuid().nullable().default(null),
    /** The last day without it; none for what is kept. */
    dueOn: z.iso.date().nullable().default(null),
    /** Of a merge: the feature that takes its users over. */
    mergeInto: FeatureName.nullable().default(null),
  })
  .refine(({ decision, dueOn }) => (decision === "keep") === (dueOn === null), {
    path: ["dueOn"],
    message: "is needed, and only for what is not kept",
  })
  .refine(({ decision, mergeInto }) => (decision === "merge") === (mergeInto !== null), {
    path: ["mergeInto"],
    message: "is needed for a merge, and only for that",
  })
  .refine(({ feature, mergeInto }) => feature !== mergeInto, {
    path: ["mergeInto"],
    message: "must be another feature",
  });
export type DecideInput = z.input<typeof DecideInput>;

export const WithdrawInput = z.strictObject({ ...KillItemInput.shape, reason: DecideInput.shape.reason });
export type WithdrawInput = z.input<typeof WithdrawInput>;

const count = z.int();
/** Decimal string, USD. */
const usd = z.string();
/** Decimal string, from "0" to "1". */
const share = z.string();
const instant = z.iso.datetime();
const day = z.iso.date();

/** Four of five cases lie between the bounds. */
const Expected = z.object({ expectedUsd: usd, lowUsd: usd, highUsd: usd });
export type Expected = z.infer<typeof Expected>;

/** What a feature was to a month. Nobody is named in it, for who is forgotten would otherwise be named for ever. */
export const Evidence = z.object({
  /** The greater of requests and events: a call and the event that tells of it are one use. */
  uses: count,
  calls: count,
  requests: count,
  events: count,
  /** Null: no users are sent with it. */
  activeUsers: count.nullable(),
  costUsd: usd,
  unpricedCalls: count,
  /** Of the tenant's cost in the month; null: there was none. */
  costShare: share.nullable(),
  perUserUsd: usd.nullable(),
  perUseUsd: usd.nullable(),
  /** Null: nobody has said what its conversion is. */
  conversion: z.object({ event: z.string(), count, eachUsd: usd.nullable() }).nullable(),
  /**
   * The six months before and the month itself, oldest first; null is a gap: before anything was known. The month in which
   * the first call came is known in part.
   */
  months: z.array(
    z.object({ month: day, costUsd: usd.nullable(), uses: count.nullable(), isPartial: z.boolean() }),
  ),
  /** Uses in parts of the mean of the two months before; null: no use in them, or they are not known or in part. */
  usesRatio: z.string().nullable(),
  teams: z.array(z.string()),
  /** Person id; null: nobody answers for it. */
  ownerId: z.string().nullable(),
  /** The next month, at the rate of this one; null: nothing can be told. */
  forecast: Expected.nullable(),
  /** Local day of its first call or event; null: longer ago than matters. */
  firstUsedOn: day.nullable(),
  /** The dearest tenth of its users, and their share of what its users cost; of the least used features. */
  dearestUsers: z.object({ users: count, of: count, costShare: share }).nullable(),
  /** The feature of the same team or prompt that most of its users use too; of the least used features. */
  overlap: z.object({ feature: z.string(), users: count, of: count, share }).nullable(),
  /** What speaks for the suggestion or against killing it, in a sentence; null where nothing is suggested. */
  reason: z.string().nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A stretch of a month against what was to be expected of it. */
export const Saving = z.object({
  /** Inclusive local days: the month, or its days after the due date. */
  first: day,
  last: day,
  baseline: Expected.nullable(),
  /** Of a merge: of both features. */
  actualUsd: usd,
  /** Calls whose cost is in no figure, as nobody knows it. */
  unpricedCalls: count,
  /** Expected less actual; below nothing where it got dearer. */
  savedUsd: usd.nullable(),
  verdict: Verdict,
});
export type Saving = z.infer<typeof Saving>;

/** An earlier decision, as the review found it. */
export const MeasuredDecision = z.object({
  feature: z.string(),
  version: count,
  decision: Suggestion,
  mergeInto: z.string().nullable(),
  dueOn: day,
  state: DecisionState,
  savings: z.array(Saving),
});
export type MeasuredDecision = z.infer<typeof MeasuredDecision>;

export const KillFigures = z.object({
  /** Instants of the month; `to` is exclusive. */
  from: instant,
  to: instant,
  /** Null: there is no call, only product usage. */
  firstCallAt: instant.nullable(),
  costUsd: usd,
  calls: count,
  unpricedCalls: count,
  /** What carries no feature, and so can be decided about by nobody. */
  unattributed: z.object({ costUsd: usd, calls: count, unpricedCalls: count }),
  /** Of the least used features. */
  bottom: z.object({ features: count, costUsd: usd }),
  decisions: z.array(MeasuredDecision),
  finalThrough: instant,
  rolledThrough: instant,
  /** When users, events and uses were counted. */
  countedAt: instant.nullable(),
});
export type KillFigures = z.infer<typeof KillFigures>;

/** A feature of a review. */
export const KillItem = z.object({
  feature: z.string(),
  place: count,
  isBottom: z.boolean(),
  guard: Guard.nullable(),
  suggestion: Suggestion.nullable(),
  evidence: Evidence,
});
export type KillItem = z.infer<typeof KillItem>;

/** What a feature (or two that become one) would have cost, and from which days that was told. */
export const Baseline = z.object({
  /** The day on which it was told; `past` ends before it. */
  takenOn: day,
  /** USD of each whole day, for statistics alone, from `first` on. Empty: nothing was known. */
  first: day,
  past: z.array(z.number()),
  stretches: z.array(z.object({ first: day, last: day, expected: Expected.nullable() })),
});
export type Baseline = z.infer<typeof Baseline>;

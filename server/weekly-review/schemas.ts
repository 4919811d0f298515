import { z } from "zod";
import { budgetSubjectKinds } from "@/server/budgets/schemas";
import {
  incidentStates,
  incidentSubjectKinds,
  incidentUnits,
  ruleIds,
  severities,
} from "@/server/incidents/schemas";

/** The parts of a review, in the order in which one walks through them. */
export const reviewSteps = ["spend", "growth", "calls", "incidents", "budgets", "gaps"] as const;
export const ReviewStep = z.enum(reviewSteps);
export type ReviewStep = z.infer<typeof ReviewStep>;

/** The hour of Monday, on the tenant's clocks, from which on a review of the week before is made. */
export const reviewHour = 8;
/** Of what is stored: see `ReviewFigures`. */
export const reviewShape = 1;

const isMonday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
/** A week by its Monday. */
export const Week = z.iso.date("must be a day, such as 2026-11-16").refine(isMonday, "must be a Monday");

export const ReviewInput = z.strictObject({ week: Week });
export type ReviewInput = z.input<typeof ReviewInput>;
export const UntickInput = ReviewInput.extend({ step: ReviewStep });
export type UntickInput = z.input<typeof UntickInput>;
export const TickInput = UntickInput.extend({ note: z.string().trim().max(2_000).default("") });
export type TickInput = z.input<typeof TickInput>;
/** Null: the tenant's owner again. */
export const SetReviewOwnerInput = z.strictObject({ ownerId: z.uuid().nullable() });
export type SetReviewOwnerInput = z.input<typeof SetReviewOwnerInput>;

const count = z.int();
/** Decimal string, USD. */
const usd = z.string();
const instant = z.iso.datetime();
const day = z.iso.date();

const Cost = z.object({ costUsd: usd, calls: count, unpricedCalls: count });
const Forecast = z.object({
  method: z.string(),
  expectedUsd: usd,
  lowUsd: usd,
  highUsd: usd,
});
const Grown = z.object({
  /** Null: calls without the tag. */
  key: z.string().nullable(),
  costUsd: usd,
  previousUsd: usd,
  changeUsd: usd,
  /** Of the cost before; null: there was none. */
  changeRatio: z.string().nullable(),
  isNew: z.boolean(),
});

/**
 * What a week came to. People are in it by nothing but the ids of calls, incidents and budgets: who asks to be forgotten
 * would otherwise be named for ever.
 */
export const ReviewFigures = z.object({
  /** Instants of the week; `to` is exclusive. */
  from: instant,
  to: instant,
  /** Instant of the tenant's first call ever. */
  firstCallAt: instant,
  spend: z.object({
    ...Cost.shape,
    /** Corrections of closed months that were booked in the week; not in the cost. */
    correctionsUsd: usd.nullable(),
    /** Null: the tenant had no call yet. */
    previous: Cost.nullable(),
    changeUsd: usd.nullable(),
    /** Null is a gap: before the first call. */
    days: z.array(z.object({ day, costUsd: usd.nullable(), previousUsd: usd.nullable() })),
    /** What the days before let expect of the week; null where they tell nothing. */
    forecast: Forecast.nullable(),
    /** The running month, when the figures were taken. */
    month: z.object({
      first: day,
      last: day,
      usedUsd: usd,
      forecast: Forecast.nullable(),
      /** The organisation's own budget of it. */
      budgetUsd: usd.nullable(),
    }),
  }),
  growth: z.object({ features: z.array(Grown), teams: z.array(Grown) }),
  calls: z.array(
    z.object({
      id: z.string(),
      occurredAt: instant,
      feature: z.string().nullable(),
      provider: z.string(),
      model: z.string(),
      costUsd: usd,
      /** Times the median of its feature in the week; null: too few to have one. */
      ratio: z.string().nullable(),
      isOutlier: z.boolean(),
    }),
  ),
  incidents: z.object({
    opened: count,
    resolved: count,
    /** When the figures were taken. */
    unresolved: count,
    /** The gravest first; not all, where they are many. */
    list: z.array(
      z.object({
        id: z.uuid(),
        rule: z.enum(ruleIds),
        subjectKind: z.enum(incidentSubjectKinds),
        /** Null: a person's. */
        subjectKey: z.string().nullable(),
        severity: z.enum(severities),
        state: z.enum(incidentStates),
        unit: z.enum(incidentUnits),
        expected: z.string().nullable(),
        actual: z.string(),
        impactUsd: usd.nullable(),
        openedAt: instant,
        resolvedAt: instant.nullable(),
      }),
    ),
  }),
  budgets: z.object({
    /** Of a month, in force when the figures were taken. */
    inForce: count,
    near: count,
    /** Those near their amount or beyond it; not all, where they are many. */
    list: z.array(
      z.object({
        id: z.uuid(),
        subjectKind: z.enum(budgetSubjectKinds),
        subjectKey: z.string().nullable(),
        amountUsd: usd,
        usedUsd: usd,
        usedShare: z.string(),
        unpricedCalls: count,
        forecastUsd: usd.nullable(),
        gapUsd: usd.nullable(),
        passedOn: day.nullable(),
      }),
    ),
  }),
  gaps: z.object({
    unpricedCalls: count,
    unpricedTokens: count,
    /** Tags that the tenant wants; without any nothing is unattributed. */
    wanted: z.array(z.string()),
    unattributedUsd: usd.nullable(),
    unattributedShare: z.string().nullable(),
    /** Cost of calls without each tag. */
    lacking: z.array(z.object({ tag: z.string(), costUsd: usd, costShare: z.string().nullable() })),
    finalThrough: instant,
    rolledThrough: instant,
    pendingHours: count,
  }),
});
export type ReviewFigures = z.infer<typeof ReviewFigures>;

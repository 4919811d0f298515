import { z } from "zod";
import { storableText } from "@/server/calls/schemas";
import {
  type IncidentSubjectKind,
  incidentSubjectKinds,
  type RuleId,
  ruleIds,
} from "@/server/incidents/schemas";

/**
 * When a rule is looked at: `fast` after each roll-up, on figures that are still provisional; `hourly` of each hour, and
 * `daily` of each local day, once they are final.
 */
export const cadences = ["fast", "hourly", "daily"] as const;
export type Cadence = (typeof cadences)[number];

export const paramUnits = ["percent", "times", "sigmas", "usd", "calls", "hours", "days", "points"] as const;
export type ParamUnit = (typeof paramUnits)[number];

interface Param {
  label: string;
  unit: ParamUnit;
  /** As delivered. */
  usual: number;
  least: number;
  most: number;
}
const param = (label: string, unit: ParamUnit, usual: number, least: number, most: number): Param => {
  return { label, unit, usual, least, most };
};

const minUsd = (usual: number) => param("At least this much more than expected", "usd", usual, 0, 1_000_000);
const floorUsd = (usual: number) =>
  param("Without a past to compare with, at least", "usd", usual, 0, 10_000_000);
const minCalls = (usual: number) => param("At least so many calls", "calls", usual, 1, 10_000_000);
const history = (usual: number) => param("Days of history it takes to compare", "days", usual, 1, 28);
const sigmas = param("Standard deviations above the mean", "sigmas", 3, 1, 20);

export interface AlertRule {
  title: string;
  /** What it looks at, in a plain sentence. */
  says: string;
  cadence: Cadence;
  /** What it can be set for besides everything. */
  subjects: readonly IncidentSubjectKind[];
  /** An incident ends when the rule has found nothing for so long: never at the first quiet stretch. */
  clearHours: number;
  /** Null: figures of the past can be looked at. Else why not. */
  noBacktest: string | null;
  params: Readonly<Record<string, Param>>;
}

const feature = ["feature"] as const;
const ofBudgets = ["tenant", "team", "feature", "user", "account", "environment"] as const;
const budgetsChange = "Budgets of the past were other budgets: their history shows what was exceeded.";

/** Every rule with its parameters as delivered. Total spend alone never pages: by the time it moves, a feature has for days. */
export const alertRules = {
  "week-over-week": {
    title: "A feature costs more than last week",
    says: "The last seven days cost more than 130 % of the seven before.",
    cadence: "daily",
    subjects: feature,
    clearHours: 36,
    noBacktest: null,
    params: { rise: param("More than the week before by", "percent", 30, 1, 10_000), minUsd: minUsd(3), floorUsd: floorUsd(250) },
  },
  "day-over-mean": {
    title: "A feature's day is far above its mean",
    says: "Today so far costs more than 150 % of the same part of the last seven days, and of this weekday.",
    cadence: "hourly",
    subjects: feature,
    clearHours: 12,
    noBacktest: null,
    params: { ratio: param("Of the mean", "percent", 150, 101, 100_000), minUsd: minUsd(5), floorUsd: floorUsd(100), minDays: history(7) },
  },
  "hour-out-of-band": {
    title: "A feature's hour leaves its band",
    says: "An hour costs more than the mean and three standard deviations of the week before, and of the same hours.",
    cadence: "hourly",
    subjects: feature,
    clearHours: 6,
    noBacktest: null,
    params: { sigmas, minUsd: minUsd(3), floorUsd: floorUsd(25), minDays: history(7) },
  },
  spike: {
    title: "A feature's spend spikes",
    says: "The running hour costs more than three times the mean hour of the last seven days, and of the same hours.",
    cadence: "fast",
    subjects: feature,
    clearHours: 3,
    noBacktest: null,
    params: { ratio: param("Of the mean hour", "times", 3, 1.1, 1_000), minUsd: minUsd(5), floorUsd: floorUsd(25), minDays: history(7) },
  },
  budget: {
    title: "A budget is used up to a threshold",
    says: "What was spent this month passes a threshold of the subject's monthly budget.",
    cadence: "fast",
    subjects: ofBudgets,
    clearHours: 1,
    noBacktest: budgetsChange,
    params: {},
  },
  "daily-pace": {
    title: "A day costs more than the budget allows",
    says: "The day costs more than its daily budget or, without one, its part of the month's.",
    cadence: "fast",
    subjects: ofBudgets,
    clearHours: 12,
    noBacktest: budgetsChange,
    params: { ratio: param("Of the month's budget by its days", "percent", 100, 10, 10_000), minUsd: minUsd(1) },
  },
  forecast: {
    title: "A budget will not last the month",
    says: "The month is forecast to end more than 10 % above its budget. It takes two weeks of history.",
    cadence: "daily",
    subjects: ofBudgets,
    clearHours: 36,
    noBacktest: budgetsChange,
    params: { over: param("More than the budget by", "percent", 10, 0, 1_000), minUsd: minUsd(5) },
  },
  "call-outlier": {
    title: "One call costs far more than its feature's others",
    says: "A call costs more than ten times the median of its feature's calls of the day before.",
    cadence: "hourly",
    subjects: feature,
    clearHours: 24,
    noBacktest: null,
    params: { ratio: param("Of the median", "times", 10, 2, 10_000), minUsd: param("A call of at least", "usd", 2, 0.01, 100_000), floorUsd: floorUsd(25), minCalls: minCalls(20) },
  },
  "user-runaway": {
    title: "A user runs away",
    says: "A user's day costs more than ten times the mean of the user's own seven days before.",
    cadence: "fast",
    subjects: ["user"],
    clearHours: 30,
    noBacktest: null,
    params: { ratio: param("Of the own mean", "times", 10, 1.5, 10_000), minUsd: minUsd(10), floorUsd: floorUsd(25), minDays: param("Days with calls it takes to compare", "days", 3, 1, 7) },
  },
  "retry-rate": {
    title: "A feature retries more than usual",
    says: "The share of an hour's attempts that are repeats leaves the feature's band of the week before.",
    cadence: "hourly",
    subjects: feature,
    clearHours: 6,
    noBacktest: null,
    params: {
      sigmas,
      minRise: param("Percentage points above the mean", "points", 10, 1, 100),
      minUsd: param("Repeats that cost at least", "usd", 1, 0, 1_000_000),
      floor: param("Without a past to compare with, a share of at least", "percent", 50, 1, 100),
      minCalls: minCalls(30),
      minDays: history(7),
    },
  },
  "cost-without-traffic": {
    title: "Calls of a feature became dearer",
    says: "A call costs twice as much as in the week before (from 1.75 times on) while there are no more of them than usual.",
    cadence: "daily",
    subjects: feature,
    clearHours: 36,
    noBacktest: null,
    params: { ratio: param("Cost per call, of the week before", "percent", 175, 101, 100_000), traffic: param("Calls, of a usual day at most", "percent", 130, 100, 1_000), sigmas, minUsd: minUsd(0.5), minCalls: minCalls(50), minDays: history(7) },
  },
  "latency-cost": {
    title: "Slower and dearer calls",
    says: "Latency and cost of a call, multiplied, leave their band of the two weeks before; it says which of the two did it.",
    cadence: "daily",
    subjects: feature,
    clearHours: 36,
    noBacktest: null,
    params: { sigmas, minRise: param("Of the mean, at least", "percent", 175, 101, 100_000), minUsd: param("A day that cost at least", "usd", 1, 0, 1_000_000), minCalls: minCalls(50), minDays: history(7) },
  },
  "cache-hit-rate": {
    title: "Fewer prompts come from the cache",
    says: "The share of input read from a cache falls out of the feature's band of the week before.",
    cadence: "daily",
    subjects: feature,
    clearHours: 36,
    noBacktest: null,
    params: { sigmas, minFall: param("Percentage points below the mean", "points", 15, 1, 100), minUsd: param("A day that cost at least", "usd", 1, 0, 1_000_000), minCalls: minCalls(20), minDays: history(7) },
  },
  "unattributed-share": {
    title: "Too many calls belong to no feature",
    says: "More than 5 % of the calls of the last seven days have no feature.",
    cadence: "daily",
    subjects: ["tenant"],
    clearHours: 36,
    noBacktest: null,
    params: { share: param("Of all calls", "percent", 5, 0.1, 100), minUsd: param("That cost at least", "usd", 1, 0, 1_000_000), minCalls: minCalls(100) },
  },
  "unpriced-model": {
    title: "A model has no price",
    says: "Calls of a model came in within the hour and nobody knows what they cost.",
    cadence: "fast",
    subjects: ["model"],
    clearHours: 24,
    noBacktest: null,
    params: { minCalls: minCalls(1) },
  },
  "silent-source": {
    title: "A source fell silent",
    says: "Nothing comes where something always came at these hours, or a connection does not answer.",
    cadence: "hourly",
    subjects: ["tenant", "environment", "source"],
    clearHours: 1,
    noBacktest: null,
    params: { silentHours: param("Silent for", "hours", 3, 1, 72), minCalls: param("Usual calls of such hours", "calls", 15, 1, 1_000_000), minDays: history(7) },
  },
  "reconciliation-gap": {
    title: "The ledger and the bill differ",
    says: "What a provider bills for days that are final differs from the ledger by more than the tolerance, taxes and credits apart.",
    cadence: "daily",
    subjects: ["source"],
    clearHours: 36,
    noBacktest: "Bills are compared when they are read; what was known of them on past days is not kept.",
    params: { tolerance: param("Of the bill", "percent", 2, 0.1, 100), minUsd: minUsd(5) },
  },
  loop: {
    title: "An agent goes round in circles",
    says: "One user's calls repeat a prompt fifty times within five minutes, for five times what the feature usually costs in that time; or the gate turned such calls away.",
    cadence: "fast",
    subjects: feature,
    clearHours: 1,
    noBacktest: "Minutes are looked at as they pass; no sums of them are kept to look back at.",
    params: {
      minCalls: param("Calls of one prompt and user within five minutes", "calls", 50, 5, 1_000_000),
      ratio: param("Of what the feature usually costs in that time", "times", 5, 1.1, 1_000),
      minUsd: minUsd(1),
      floorUsd: floorUsd(5),
      minDays: history(7),
      minRefused: param("Or calls that the gate turned away", "calls", 1, 1, 1_000_000),
    },
  },
} as const satisfies Record<RuleId, AlertRule>; // prettier-ignore

export type Params<Rule extends RuleId> = Readonly<Record<keyof (typeof alertRules)[Rule]["params"], number>>;
/** Parameters by name, whichever the rule. */
export type ParamValues = Readonly<Record<string, number>>;

export const ruleOf = (rule: RuleId): AlertRule => alertRules[rule];
export const paramsOf = (rule: RuleId): AlertRule["params"] => alertRules[rule].params;
const paramOf = (rule: RuleId, name: string): Param | undefined =>
  Object.hasOwn(paramsOf(rule), name) ? paramsOf(rule)[name] : undefined;
export const rulesOf = (cadence: Cadence): RuleId[] =>
  ruleIds.filter((rule) => ruleOf(rule).cadence === cadence);

/** As delivered. */
export function usualParams<Rule extends RuleId>(rule: Rule): Params<Rule> {
  const entries = Object.entries(paramsOf(rule)).map(([name, { usual }]) => [name, usual]);
  return Object.fromEntries(entries) as Params<Rule>;
}

/** Values that a rule knows, each within its bounds. */
const Values = z.record(z.string().max(40), z.number());
function checked(
  { rule, params }: { rule: RuleId; params: Record<string, number> },
  ctx: z.RefinementCtx,
): void {
  for (const [name, value] of Object.entries(params)) {
    const known = paramOf(rule, name);
    const path = ["params", name];
    if (!known) ctx.addIssue({ code: "custom", path, message: "is no parameter of this rule" });
    else if (value < known.least || value > known.most) {
      const message = `must be between ${String(known.least)} and ${String(known.most)}`;
      ctx.addIssue({ code: "custom", path, message });
    }
  }
}

export const AlertSubject = z
  .strictObject({
    kind: z.enum(incidentSubjectKinds),
    key: z.union([z.literal(""), storableText(1_024)]),
  })
  // Calls without a feature are watched like those of one; everything else has a name.
  .refine(({ kind, key }) => (kind === "tenant" ? key === "" : key !== "" || kind === "feature"), {
    path: ["key"],
    message: "must name whom it is for; the organisation itself has no name",
  });
export type AlertSubject = z.infer<typeof AlertSubject>;

function fits({ rule, subject }: { rule: RuleId; subject: AlertSubject | null }, ctx: z.RefinementCtx): void {
  if (!subject || ruleOf(rule).subjects.includes(subject.kind)) return;
  ctx.addIssue({ code: "custom", path: ["subject"], message: "is nothing that this rule looks at" });
}

/** Subject null: whatever the rule looks at, unless it has a setting of its own. */
const Target = { rule: z.enum(ruleIds), subject: AlertSubject.nullable().default(null) };

export const SetAlertInput = z
  .strictObject({ ...Target, enabled: z.boolean().default(true), params: Values.default({}) })
  .superRefine(checked)
  .superRefine(fits);
export type SetAlertInput = z.input<typeof SetAlertInput>;

export const ResetAlertInput = z.strictObject(Target).superRefine(fits);
export type ResetAlertInput = z.input<typeof ResetAlertInput>;

export const mostBacktestDays = 90;
export const BacktestInput = z
  .strictObject({
    ...Target,
    /** What differs from the rule as it is set for the subject. */
    params: Values.default({}),
    days: z.int().min(1).max(mostBacktestDays).default(mostBacktestDays),
  })
  .superRefine(checked)
  .superRefine(fits);
export type BacktestInput = z.input<typeof BacktestInput>;

export const mostSettings = 2_000;

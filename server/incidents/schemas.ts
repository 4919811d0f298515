import { z } from "zod";
import { Instant } from "@/server/calls/schemas";

/** What an incident is about. */
export const incidentSubjectKinds = [
  "tenant",
  "team",
  "feature",
  "user",
  "account",
  "environment",
  "model",
  "source",
] as const;
export type IncidentSubjectKind = (typeof incidentSubjectKinds)[number];
export interface IncidentSubject {
  kind: IncidentSubjectKind;
  /** The tag's value; `provider/model` of a model, the connection's or key's name of a source; empty for the tenant. */
  key: string;
}

/** Every rule there is, as design.md section 8 lists them; `server/alerts/rules` says what each looks at. */
export const ruleIds = [
  "week-over-week",
  "day-over-mean",
  "hour-out-of-band",
  "spike",
  "budget",
  "daily-pace",
  "forecast",
  "call-outlier",
  "user-runaway",
  "retry-rate",
  "cost-without-traffic",
  "latency-cost",
  "cache-hit-rate",
  "unattributed-share",
  "unpriced-model",
  "silent-source",
  "reconciliation-gap",
  "loop",
] as const;
export type RuleId = (typeof ruleIds)[number];

export const incidentStates = ["open", "acknowledged", "snoozed", "resolved"] as const;
export type IncidentState = (typeof incidentStates)[number];
export const severities = ["info", "warning", "critical"] as const;
export type Severity = (typeof severities)[number];
/** Of what a rule compares. */
export const incidentUnits = ["usd", "share", "ratio", "calls", "ms", "usd_ms", "hours"] as const;
export type IncidentUnit = (typeof incidentUnits)[number];

/** A part of what happened, found by the decomposition of "why did it change". */
export const Contributor = z.object({
  /** What did it: a cause ("tokens per call") or a group ("prompt review-diff v2"). */
  label: z.string(),
  /** Decimal string, USD, its part of the excess. */
  deltaUsd: z.string(),
});

export const IncidentDetails = z.object({
  /** One plain sentence: "email-drafts cost $41.20 this week, 63 % more than the week before ($25.28)." */
  sentence: z.string(),
  /** The greatest part first. */
  contributors: z.array(Contributor).default([]),
  /** The rule's parameters at the time. */
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  /** Ids of the dearest calls behind it. */
  callIds: z.array(z.string()).max(10).default([]),
  /** Whether late calls could still have changed the figures when they were told; absent: no. */
  basis: z.enum(["final", "provisional"]).optional(),
});
export type IncidentDetails = z.infer<typeof IncidentDetails>;

const Decimal = z.string();
export const Incident = z.object({
  id: z.uuid(),
  rule: z.enum(ruleIds),
  subject: z.object({ kind: z.enum(incidentSubjectKinds), key: z.string() }),
  state: z.enum(incidentStates),
  severity: z.enum(severities),
  /** The stretch in which it was first seen; `to` is exclusive. */
  window: z.object({ from: z.date(), to: z.date() }),
  /** The last stretch in which it was seen. */
  lastWindow: z.object({ from: z.date(), to: z.date() }),
  unit: z.enum(incidentUnits),
  /** Decimal strings in `unit`. */
  expected: Decimal.nullable(),
  actual: Decimal,
  /** USD beyond what was expected; and by the end of the month if it goes on. */
  impactUsd: Decimal.nullable(),
  monthEndUsd: Decimal.nullable(),
  /** Of a budget: the highest threshold passed, in per cent. */
  level: z.int().nullable(),
  details: IncidentDetails,
  openedAt: z.date(),
  seenAt: z.date(),
  snoozedUntil: z.date().nullable(),
  resolvedAt: z.date().nullable(),
});
export type Incident = z.infer<typeof Incident>;

export const incidentEventKinds = [
  "opened",
  "escalated",
  "acknowledged",
  "snoozed",
  "woken",
  "noted",
  "resolved",
  "reopened",
] as const;
export type IncidentEventKind = (typeof incidentEventKinds)[number];
export const IncidentEvent = z.object({
  n: z.int(),
  at: z.date(),
  kind: z.enum(incidentEventKinds),
  actorKind: z.string(),
  actorId: z.string(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type IncidentEvent = z.infer<typeof IncidentEvent>;
/** What is told to the world; notes and acknowledgements stay on the screen. */
export const toldKinds = [
  "opened",
  "escalated",
  // Who puts something off wants to hear of it again.
  "woken",
  "resolved",
  "reopened",
] as const satisfies IncidentEventKind[];
export const isTold = (kind: IncidentEventKind): boolean => toldKinds.some((told) => told === kind);

const Note = z.string().trim().min(1, "must not be empty").max(2_000);

export const IncidentInput = z.strictObject({ id: z.uuid() });
export type IncidentInput = z.input<typeof IncidentInput>;

/** Something done to an incident, with a word on why if there is one. */
export const IncidentActionInput = IncidentInput.extend({ note: Note.nullable().default(null) });
export type IncidentActionInput = z.input<typeof IncidentActionInput>;
export const NoteIncidentInput = IncidentInput.extend({ note: Note });
export type NoteIncidentInput = z.input<typeof NoteIncidentInput>;

export const longestSnoozeDays = 30;
export const SnoozeIncidentInput = IncidentActionInput.extend({ until: Instant });
export type SnoozeIncidentInput = z.input<typeof SnoozeIncidentInput>;

export const incidentOrders = ["newest", "worst"] as const;
export const ListIncidentsInput = z.strictObject({
  /** Without: all that are not resolved, and those that were in the last days. */
  states: z.array(z.enum(incidentStates)).min(1).optional(),
  rule: z.enum(ruleIds).optional(),
  subject: z.strictObject({ kind: z.enum(incidentSubjectKinds), key: z.string().max(1_100) }).optional(),
  /** Opened in this stretch. */
  from: Instant.optional(),
  to: Instant.optional(),
  /** `worst`: the gravest first, and of those what costs most beyond what was expected. */
  order: z.enum(incidentOrders).default("newest"),
  /** Where the next page begins. */
  offset: z.int().min(0).max(1_000_000).default(0),
  limit: z.int().min(1).max(1_000).default(100),
});
export type ListIncidentsInput = z.input<typeof ListIncidentsInput>;

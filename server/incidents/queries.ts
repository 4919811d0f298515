import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import {
  Incident,
  IncidentEvent,
  type IncidentEventKind,
  type incidentOrders,
  type IncidentState,
  type RuleId,
} from "./schemas";

const columns = Prisma.sql`id::text AS id, rule, jsonb_build_object('kind', subject_kind, 'key', subject_key) AS subject, state, severity,
  window_start, window_end, last_start, last_end, unit, trim_scale(expected)::text AS expected, trim_scale(actual)::text AS actual,
  trim_scale(impact_usd)::text AS "impactUsd", trim_scale(month_end_usd)::text AS "monthEndUsd", level::int AS level, details,
  opened_at AS "openedAt", seen_at AS "seenAt", snoozed_until AS "snoozedUntil", resolved_at AS "resolvedAt"`;

const Row = z
  .looseObject({ window_start: z.date(), window_end: z.date(), last_start: z.date(), last_end: z.date() })
  .transform(({ window_start, window_end, last_start, last_end, ...row }) => ({
    ...row,
    window: { from: window_start, to: window_end },
    lastWindow: { from: last_start, to: last_end },
  }))
  .pipe(Incident);
const incidentsOf = (rows: unknown): Incident[] => z.array(Row).parse(rows);

export async function findIncident(db: Db, tenantId: string, id: string): Promise<Incident | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM incident WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  return incidentsOf(rows)[0] ?? null;
}

/** For a change: nobody else changes it meanwhile. */
export async function lockIncident(db: Db, tenantId: string, id: string): Promise<Incident | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM incident WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return incidentsOf(rows)[0] ?? null;
}

export interface IncidentQuestion {
  tenantId: string;
  states: readonly IncidentState[] | null;
  /** With null states: those that are not resolved, and those resolved since. */
  resolvedSince: Date;
  rule: RuleId | null;
  subject: { kind: string; key: string } | null;
  from: Date | null;
  to: Date | null;
  order: (typeof incidentOrders)[number];
  offset: number;
  limit: number;
}

const worstFirst = Prisma.sql`array_position(ARRAY['critical', 'warning', 'info'], severity), impact_usd DESC NULLS LAST,`;

/** In the order asked for, and one more than asked for if there is more. */
export async function listIncidentsOf(db: Db, question: IncidentQuestion): Promise<Incident[]> {
  const { tenantId, states, resolvedSince, rule, subject, from, to, order, offset, limit } = question;
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM incident
    WHERE tenant_id = ${tenantId}::uuid
      ${states ? Prisma.sql`AND state = ANY (${[...states]}::text[])` : Prisma.sql`AND (state <> 'resolved' OR resolved_at >= ${resolvedSince}::timestamptz)`}
      ${rule ? Prisma.sql`AND rule = ${rule}` : Prisma.empty}
      ${subject ? Prisma.sql`AND subject_kind = ${subject.kind} AND subject_key = ${subject.key}` : Prisma.empty}
      ${from ? Prisma.sql`AND opened_at >= ${from}::timestamptz` : Prisma.empty}
      ${to ? Prisma.sql`AND opened_at < ${to}::timestamptz` : Prisma.empty}
    ORDER BY ${order === "worst" ? worstFirst : Prisma.empty} opened_at DESC, id LIMIT ${limit + 1} OFFSET ${offset}`;
  return incidentsOf(rows);
}

const Count = z.tuple([
  z.object({ open: z.number(), acknowledged: z.number(), snoozed: z.number(), critical: z.number() }),
]);

/** Of those that are not resolved. */
export async function countUnresolved(db: Db, tenantId: string): Promise<z.infer<typeof Count>[0]> {
  const rows = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'acknowledged')::int AS acknowledged,
      count(*) FILTER (WHERE state = 'snoozed')::int AS snoozed,
      count(*) FILTER (WHERE state = 'open' AND severity = 'critical')::int AS critical
    FROM incident WHERE tenant_id = ${tenantId}::uuid AND state <> 'resolved'`;
  return Count.parse(rows)[0];
}

/** Of these rules, by rule and subject, the one that is not resolved or else the last that was seen since. */
export async function currentIncidents(
  db: Db,
  tenantId: string,
  rules: readonly RuleId[],
  since: Date,
): Promise<Incident[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (rule, subject_kind, subject_key) ${columns} FROM incident
    WHERE tenant_id = ${tenantId}::uuid AND rule = ANY (${[...rules]}::text[])
      AND (state <> 'resolved' OR seen_at >= ${since}::timestamptz)
    ORDER BY rule, subject_kind, subject_key, (state <> 'resolved') DESC, seen_at DESC, opened_at DESC, id`;
  return incidentsOf(rows);
}

/** For a change of any of them. In the order of their ids, so that two workers do not wait for each other. */
export async function lockCurrent(
  db: Db,
  tenantId: string,
  rules: readonly RuleId[],
  since: Date,
): Promise<void> {
  await db.$queryRaw`
    SELECT id FROM incident
    WHERE tenant_id = ${tenantId}::uuid AND rule = ANY (${[...rules]}::text[])
      AND (state <> 'resolved' OR seen_at >= ${since}::timestamptz) ORDER BY id FOR UPDATE`;
}

/**
 * @returns whether it is new: another worker may have opened one for the same rule and subject, or the stretch may have had
 * its own already
 */
export async function insertIncident(db: Db, tenantId: string, incident: Incident): Promise<boolean> {
  const { subject, window, lastWindow, details } = incident;
  const count = await db.$executeRaw`
    INSERT INTO incident (tenant_id, id, rule, subject_kind, subject_key, state, severity, window_start, window_end, last_start,
      last_end, unit, expected, actual, impact_usd, month_end_usd, level, details, opened_at, seen_at)
    VALUES (${tenantId}::uuid, ${incident.id}::uuid, ${incident.rule}, ${subject.kind}, ${subject.key}, ${incident.state},
      ${incident.severity}, ${window.from}::timestamptz, ${window.to}::timestamptz, ${lastWindow.from}::timestamptz,
      ${lastWindow.to}::timestamptz, ${incident.unit}, ${incident.expected}::numeric, ${incident.actual}::numeric,
      ${incident.impactUsd}::numeric, ${incident.monthEndUsd}::numeric, ${incident.level}::smallint,
      ${JSON.stringify(details)}::jsonb, ${incident.openedAt}::timestamptz, ${incident.seenAt}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return count > 0;
}

/** What was seen of it, and in which state it is; never who, when or what it was opened for. */
export async function updateIncident(db: Db, tenantId: string, incident: Incident): Promise<void> {
  const { lastWindow, details } = incident;
  await db.$executeRaw`
    UPDATE incident SET state = ${incident.state}, severity = ${incident.severity}, last_start = ${lastWindow.from}::timestamptz,
      last_end = ${lastWindow.to}::timestamptz, expected = ${incident.expected}::numeric, actual = ${incident.actual}::numeric,
      impact_usd = ${incident.impactUsd}::numeric, month_end_usd = ${incident.monthEndUsd}::numeric,
      level = ${incident.level}::smallint, details = ${JSON.stringify(details)}::jsonb, seen_at = ${incident.seenAt}::timestamptz,
      snoozed_until = ${incident.snoozedUntil}::timestamptz, resolved_at = ${incident.resolvedAt}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND id = ${incident.id}::uuid`;
}

export interface NewEvent {
  at: Date;
  kind: IncidentEventKind;
  actorKind: string;
  actorId: string;
  note: string | null;
  details: Record<string, unknown>;
}

/** The next of its timeline; the incident must be locked (or new). @returns its number */
export async function appendEvent(
  db: Db,
  tenantId: string,
  incidentId: string,
  event: NewEvent,
): Promise<number> {
  const rows = await db.$queryRaw`
    INSERT INTO incident_event (tenant_id, incident_id, n, at, kind, actor_kind, actor_id, note, details)
    SELECT ${tenantId}::uuid, ${incidentId}::uuid, coalesce(max(n), 0) + 1, ${event.at}::timestamptz, ${event.kind},
      ${event.actorKind}, ${event.actorId}, ${event.note}, ${JSON.stringify(event.details)}::jsonb
    FROM incident_event WHERE tenant_id = ${tenantId}::uuid AND incident_id = ${incidentId}::uuid
    RETURNING n`;
  return z.tuple([z.object({ n: z.number() })]).parse(rows)[0].n;
}

/** What happened to it, from its opening on. */
export async function timelineOf(db: Db, tenantId: string, incidentId: string): Promise<IncidentEvent[]> {
  const rows = await db.incidentEvent.findMany({
    where: { tenantId, incidentId },
    orderBy: { n: "asc" },
    select: { n: true, at: true, kind: true, actorKind: true, actorId: true, note: true, details: true },
  });
  return z.array(IncidentEvent).parse(rows);
}

const Holder = z.object({ incidentId: z.string(), actorId: z.string() });

/** Who took these incidents, or put them off, last; the ids of those whom somebody has. */
export async function holdersOf(
  db: Db,
  tenantId: string,
  incidentIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (incident_id) incident_id::text AS "incidentId", actor_id AS "actorId" FROM incident_event
    WHERE tenant_id = ${tenantId}::uuid AND incident_id = ANY (${[...incidentIds]}::uuid[])
      AND kind IN ('acknowledged', 'snoozed') ORDER BY incident_id, n DESC`;
  return new Map(
    z
      .array(Holder)
      .parse(rows)
      .map(({ incidentId, actorId }) => [incidentId, actorId]),
  );
}

/** Whether another one of the same rule and subject is not resolved. */
export async function hasUnresolved(
  db: Db,
  tenantId: string,
  { rule, subject, id }: Incident,
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM incident WHERE tenant_id = ${tenantId}::uuid AND rule = ${rule} AND subject_kind = ${subject.kind}
      AND subject_key = ${subject.key} AND state <> 'resolved' AND id <> ${id}::uuid LIMIT 1`;
  return rows.length > 0;
}

import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { Incident, incidentEventKinds, toldKinds } from "@/server/incidents/schemas";
import type { Told } from "./incident-message";

const Row = z.object({
  n: z.number(),
  eventKind: z.enum(incidentEventKinds),
  eventAt: z.date(),
  incident: Incident,
});
export interface ToldEvent extends Told {
  n: number;
}

const columns = Prisma.sql`e.n, e.kind AS "eventKind", e.at AS "eventAt", i.id, i.rule, i.subject_kind, i.subject_key, i.state,
  i.severity, i.window_start, i.window_end, i.last_start, i.last_end, i.unit, trim_scale(i.expected)::text AS expected,
  trim_scale(i.actual)::text AS actual, trim_scale(i.impact_usd)::text AS impact_usd,
  trim_scale(i.month_end_usd)::text AS month_end_usd, i.level, i.details, i.opened_at, i.seen_at, i.snoozed_until, i.resolved_at`;

function toldOf(row: Record<string, unknown>): ToldEvent {
  const { n, eventKind, eventAt, incident } = Row.parse({
    ...row,
    incident: {
      id: row.id,
      rule: row.rule,
      subject: { kind: row.subject_kind, key: row.subject_key },
      state: row.state,
      severity: row.severity,
      window: { from: row.window_start, to: row.window_end },
      lastWindow: { from: row.last_start, to: row.last_end },
      unit: row.unit,
      expected: row.expected,
      actual: row.actual,
      impactUsd: row.impact_usd,
      monthEndUsd: row.month_end_usd,
      level: row.level,
      details: row.details,
      openedAt: row.opened_at,
      seenAt: row.seen_at,
      snoozedUntil: row.snoozed_until,
      resolvedAt: row.resolved_at,
    },
  });
  return { n, incident, event: { kind: eventKind, at: eventAt } };
}

/** Events of timelines, each with its incident as it is now; those that are no more are left out. */
export async function toldEvents(
  db: Db,
  tenantId: string,
  events: readonly { incidentId: string; n: number }[],
): Promise<ToldEvent[]> {
  if (events.length === 0) return [];
  const wanted = JSON.stringify(events.map(({ incidentId, n }) => ({ incident_id: incidentId, n })));
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${columns}
    FROM jsonb_to_recordset(${wanted}::jsonb) AS w (incident_id uuid, n integer)
    JOIN incident_event e ON e.tenant_id = ${tenantId}::uuid AND e.incident_id = w.incident_id AND e.n = w.n
    JOIN incident i ON i.tenant_id = e.tenant_id AND i.id = e.incident_id
    ORDER BY e.at, e.n`;
  return rows.map(toldOf);
}

const kinds = Prisma.sql`(${Prisma.join([...toldKinds])})`;

/** What should be told and for which nobody has decided whom: its announcement was lost. */
export async function untoldEvents(
  db: Db,
  tenantId: string,
  since: Date,
  limit: number,
): Promise<{ incidentId: string; n: number }[]> {
  return db.$queryRaw`
    SELECT e.incident_id AS "incidentId", e.n FROM incident_event e
    WHERE e.tenant_id = ${tenantId}::uuid AND e.kind IN ${kinds} AND e.at >= ${since}::timestamptz
      AND NOT EXISTS (SELECT FROM incident_told t WHERE t.tenant_id = e.tenant_id AND t.incident_id = e.incident_id AND t.n = e.n)
    ORDER BY e.at, e.n LIMIT ${limit}`;
}

/** Across tenants, as the jobs role. */
export async function tenantsWithUntold(db: Db, since: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT e.tenant_id FROM incident_event e
    WHERE e.kind IN ${kinds} AND e.at >= ${since}::timestamptz
      AND NOT EXISTS (SELECT FROM incident_told t WHERE t.tenant_id = e.tenant_id AND t.incident_id = e.incident_id AND t.n = e.n)`;
  return rows.map((row) => row.tenant_id);
}

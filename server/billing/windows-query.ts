import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { ExportState } from "./schemas";
import type { Position } from "./window-cursor";

/** Instants of usage as the provider bills it: the last second of each hour lies in [from, to). */
export interface Stretch {
  from: Date;
  to: Date;
}

export interface WindowScope {
  connectionId: string;
  meterId?: string | undefined;
  accountId?: string | undefined;
  during?: Stretch | undefined;
}

const none = Prisma.empty;
const condition = ({ connectionId, meterId, accountId, during }: WindowScope) => Prisma.sql`
  e.connection_id = ${connectionId}::uuid
  ${meterId === undefined ? none : Prisma.sql`AND e.meter_id = ${meterId}::uuid`}
  ${accountId === undefined ? none : Prisma.sql`AND e.account_id = ${accountId}`}
  ${during === undefined ? none : Prisma.sql`AND e.window_start > ${during.from}::timestamptz - interval '1 hour' AND e.window_start <= ${during.to}::timestamptz - interval '1 hour'`}`;

const sameWindow = Prisma.raw(
  "r.tenant_id = e.tenant_id AND r.meter_id = e.meter_id AND r.account_id = e.account_id AND r.window_start = e.window_start",
);

const Window = z.object({
  id: z.string(),
  meterId: z.string(),
  accountId: z.string(),
  customerId: z.string(),
  windowStart: z.date(),
  revisions: z.number(),
  states: z.array(ExportState),
  total: z.string(),
  delivered: z.string(),
  attempts: z.number(),
  triedAt: z.date().nullable(),
  failure: z.string().nullable(),
});
export type WindowRow = z.infer<typeof Window>;

/** Hours of accounts by meter, newest first, the revisions of each in one row; its id is that of the first. */
export async function pageOfWindows(
  db: Db,
  tenantId: string,
  scope: WindowScope & { state?: ExportState | undefined },
  { after, limit }: { after: Position | null; limit: number },
): Promise<WindowRow[]> {
  const rows = await db.$queryRaw`
    SELECT e.id, e.meter_id AS "meterId", e.account_id AS "accountId", e.customer_id AS "customerId",
      e.window_start AS "windowStart", w.revisions, w.states, w.total, w.delivered, w.attempts, w.tried_at AS "triedAt", w.failure
    FROM billing_export e CROSS JOIN LATERAL (
      SELECT count(*)::int AS revisions, array_agg(DISTINCT r.state) AS states,
        (array_agg(r.total ORDER BY r.revision DESC))[1]::text AS total,
        coalesce(sum(r.value) FILTER (WHERE r.state IN ('sent', 'confirmed')), 0)::text AS delivered,
        sum(r.attempts)::int AS attempts, max(r.tried_at) AS tried_at,
        (array_agg(r.failure ORDER BY r.revision DESC) FILTER (WHERE r.failure IS NOT NULL))[1] AS failure
      FROM billing_export r WHERE ${sameWindow}) w
    WHERE e.tenant_id = ${tenantId}::uuid AND ${condition(scope)}
      AND NOT EXISTS (SELECT FROM billing_export r WHERE ${sameWindow} AND r.revision < e.revision)
      ${scope.state === undefined ? none : Prisma.sql`AND EXISTS (SELECT FROM billing_export r WHERE ${sameWindow} AND r.state = ${scope.state})`}
      ${after === null ? none : Prisma.sql`AND (e.window_start, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    ORDER BY e.window_start DESC, e.id DESC LIMIT ${limit}`;
  return z.array(Window).parse(rows);
}

const Sum = z.object({ meterId: z.string(), state: ExportState, rows: z.number(), value: z.string() });
export type SumByState = z.infer<typeof Sum>;

/** What was put into the outbox, by meter and state; values are decimal strings. */
export async function sumByState(db: Db, tenantId: string, scope: WindowScope): Promise<SumByState[]> {
  const rows = await db.$queryRaw`
    SELECT e.meter_id AS "meterId", e.state, count(*)::int AS rows, sum(e.value)::text AS value
    FROM billing_export e
    WHERE e.tenant_id = ${tenantId}::uuid AND ${condition(scope)}
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return z.array(Sum).parse(rows);
}

const Revision = z.object({
  id: z.string(),
  connectionId: z.string(),
  meterId: z.string(),
  accountId: z.string(),
  customerId: z.string(),
  windowStart: z.date(),
  revision: z.number(),
  generation: z.number(),
  identifier: z.string(),
  value: z.string(),
  total: z.string(),
  state: ExportState,
  attempts: z.number(),
  notBefore: z.date(),
  createdAt: z.date(),
  triedAt: z.date().nullable(),
  unsureSince: z.date().nullable(),
  acceptedAt: z.date().nullable(),
  settledAt: z.date().nullable(),
  failureCode: z.string().nullable(),
  failure: z.string().nullable(),
});
export type WindowRevision = z.infer<typeof Revision>;

/** Every revision of the hour that this row is of, the first one first. */
export async function revisionsOf(db: Db, tenantId: string, id: string): Promise<WindowRevision[]> {
  const rows = await db.$queryRaw`
    SELECT r.id, r.connection_id AS "connectionId", r.meter_id AS "meterId", r.account_id AS "accountId", r.customer_id AS "customerId",
      r.window_start AS "windowStart", r.revision, r.generation, r.identifier, r.value::text AS value, r.total::text AS total, r.state,
      r.attempts, r.not_before AS "notBefore", r.created_at AS "createdAt", r.tried_at AS "triedAt", r.unsure_since AS "unsureSince",
      r.accepted_at AS "acceptedAt", r.settled_at AS "settledAt", r.failure_code AS "failureCode", r.failure
    FROM billing_export e JOIN billing_export r ON ${sameWindow}
    WHERE e.tenant_id = ${tenantId}::uuid AND e.id = ${id}::uuid
    ORDER BY r.revision`;
  return z.array(Revision).parse(rows);
}

/** What the provider accepted of a customer's hour by a meter, whichever accounts it was of. */
export async function acceptedInHour(
  db: Db,
  tenantId: string,
  hour: { meterId: string; customerId: string; windowStart: Date },
): Promise<string> {
  const rows = await db.$queryRaw`
    SELECT coalesce(sum(value), 0)::text AS value FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND meter_id = ${hour.meterId}::uuid AND customer_id = ${hour.customerId}
      AND window_start = ${hour.windowStart}::timestamptz AND state IN ('sent', 'confirmed')`;
  return (
    z
      .array(z.object({ value: z.string() }))
      .length(1)
      .parse(rows)[0]?.value ?? "0"
  );
}

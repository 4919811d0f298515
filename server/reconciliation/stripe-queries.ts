import { z } from "zod";
import { DifferenceClass, ExportState, Measure } from "@/server/billing/schemas";
import type { Db } from "@/server/db";
import type { StatementKey } from "@/server/statements/line-queries";
import type { Span } from "./ledger-queries";

const Sum = z.object({
  meterId: z.string(),
  eventName: z.string(),
  measure: Measure,
  state: ExportState,
  rows: z.number(),
  /** Of signed revisions: an hour that became less has a negative one. */
  value: z.string(),
});
export type ExportSum = z.infer<typeof Sum>;

/** What hours of a stretch came to in the outbox, by meter and state. */
export async function exportSums(
  db: Db,
  tenantId: string,
  connectionId: string,
  { from, to }: Span,
): Promise<ExportSum[]> {
  const rows = await db.$queryRaw`
    SELECT e.meter_id AS "meterId", m.event_name AS "eventName", m.measure, e.state, count(*)::int AS rows, sum(e.value)::text AS value
    FROM billing_export e JOIN billing_meter m ON m.tenant_id = e.tenant_id AND m.id = e.meter_id
    WHERE e.tenant_id = ${tenantId}::uuid AND e.connection_id = ${connectionId}::uuid
      AND e.window_start >= ${from}::timestamptz AND e.window_start < ${to}::timestamptz
    GROUP BY 1, 2, 3, 4 ORDER BY m.event_name, e.meter_id, e.state`;
  return z.array(Sum).parse(rows);
}

const Open = z.object({
  meterId: z.string(),
  eventName: z.string(),
  measure: Measure,
  customerId: z.string(),
  accounts: z.array(z.string()),
  day: z.string(),
  class: DifferenceClass,
  ledger: z.string().nullable(),
  exported: z.string().nullable(),
  billed: z.string().nullable(),
  reason: z.string(),
  /** Who is to look into it as long as nobody says otherwise. */
  owner: z.string().nullable(),
});
export type OpenDifference = z.infer<typeof Open>;

/** What ledger, outbox and provider differ by on days (of UTC) of a stretch. */
export async function differencesOf(
  db: Db,
  tenantId: string,
  connectionId: string,
  { from, to }: Span,
): Promise<OpenDifference[]> {
  const rows = await db.$queryRaw`
    SELECT d.meter_id AS "meterId", m.event_name AS "eventName", m.measure, d.customer_id AS "customerId",
      ARRAY(SELECT c.account_id FROM billing_customer c WHERE c.tenant_id = d.tenant_id AND c.connection_id = d.connection_id
        AND c.customer_id = d.customer_id ORDER BY c.account_id) AS accounts,
      to_char(d.day, 'YYYY-MM-DD') AS day, d.class, d.ledger::text AS ledger, d.exported::text AS exported, d.billed::text AS billed,
      d.reason, d.owner
    FROM billing_difference d JOIN billing_meter m ON m.tenant_id = d.tenant_id AND m.id = d.meter_id
    WHERE d.tenant_id = ${tenantId}::uuid AND d.connection_id = ${connectionId}::uuid AND d.resolved_at IS NULL
      AND d.day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date AND d.day <= ((${to}::timestamptz - interval '1 second') AT TIME ZONE 'UTC')::date
    ORDER BY d.day, d.class, d.customer_id, m.event_name`;
  return z.array(Open).parse(rows);
}

const Unbilled = z.object({ accounts: z.number(), costUsd: z.string() });

/** What of a statement's own calls is of accounts that nobody is mapped to, or of none. */
export async function unbilledOf(
  db: Db,
  { tenantId, month, revision }: StatementKey,
  connectionId: string,
): Promise<{ accounts: number; costUsd: string }> {
  const rows = await db.$queryRaw`
    SELECT count(DISTINCT account_id)::int AS accounts, coalesce(sum(cost_usd), 0)::text AS "costUsd" FROM statement_line l
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND revision = ${revision} AND kind = 'usage'
      AND NOT EXISTS (SELECT FROM billing_customer c WHERE c.tenant_id = l.tenant_id AND c.connection_id = ${connectionId}::uuid
        AND c.account_id = l.account_id)`;
  return z.tuple([Unbilled]).parse(rows)[0];
}

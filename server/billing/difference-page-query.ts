import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { DifferenceClass } from "./schemas";
import type { Position } from "./window-cursor";

export interface DifferenceScope {
  connectionId: string;
  meterId?: string | undefined;
  customerId?: string | undefined;
  /** Differences of the customer that it is mapped to, or was billed as. */
  accountId?: string | undefined;
  /** YYYY-MM-DD of UTC; `to` is exclusive. */
  days?: { from: string; to: string } | undefined;
  class?: DifferenceClass | undefined;
}

const none = Prisma.empty;
const condition = (tenantId: string, { connectionId, meterId, customerId, accountId, days, class: name }: DifferenceScope) => Prisma.sql`
  d.tenant_id = ${tenantId}::uuid AND d.connection_id = ${connectionId}::uuid AND d.resolved_at IS NULL
  ${meterId === undefined ? none : Prisma.sql`AND d.meter_id = ${meterId}::uuid`}
  ${customerId === undefined ? none : Prisma.sql`AND d.customer_id = ${customerId}`}
  ${days === undefined ? none : Prisma.sql`AND d.day >= ${days.from}::date AND d.day < ${days.to}::date`}
  ${name === undefined ? none : Prisma.sql`AND d.class = ${name}`}
  ${
    accountId === undefined
      ? none
      : Prisma.sql`AND (EXISTS (SELECT FROM billing_customer c WHERE c.tenant_id = d.tenant_id AND c.connection_id = d.connection_id
            AND c.customer_id = d.customer_id AND c.account_id = ${accountId})
          OR EXISTS (SELECT FROM billing_export e WHERE e.tenant_id = d.tenant_id AND e.connection_id = d.connection_id
            AND e.customer_id = d.customer_id AND e.account_id = ${accountId}))`
  }`; // prettier-ignore

const Row = z.object({
  id: z.string(),
  meterId: z.string(),
  customerId: z.string(),
  day: z.string(),
  class: DifferenceClass,
  ledger: z.string().nullable(),
  exported: z.string().nullable(),
  billed: z.string().nullable(),
  reason: z.string(),
  owner: z.string().nullable(),
  foundAt: z.date(),
  seenAt: z.date(),
  accountIds: z.array(z.string()),
});
export type OpenDifference = z.infer<typeof Row>;

/** Where both sides differ now, newest day first, with the accounts whose usage the customer is billed for. */
export async function pageOfDifferences(
  db: Db,
  tenantId: string,
  scope: DifferenceScope,
  { after, limit }: { after: Position | null; limit: number },
): Promise<OpenDifference[]> {
  const rows = await db.$queryRaw`
    SELECT d.id, d.meter_id AS "meterId", d.customer_id AS "customerId", to_char(d.day, 'YYYY-MM-DD') AS day, d.class,
      d.ledger::text AS ledger, d.exported::text AS exported, d.billed::text AS billed, d.reason, d.owner,
      d.found_at AS "foundAt", d.seen_at AS "seenAt",
      ARRAY(SELECT c.account_id FROM billing_customer c WHERE c.tenant_id = d.tenant_id AND c.connection_id = d.connection_id
        AND c.customer_id = d.customer_id ORDER BY c.account_id LIMIT 20) AS "accountIds"
    FROM billing_difference d
    WHERE ${condition(tenantId, scope)}
      ${after === null ? none : Prisma.sql`AND (d.day, d.id) < (${after.at.toISOString().slice(0, 10)}::date, ${after.id}::uuid)`}
    ORDER BY d.day DESC, d.id DESC LIMIT ${limit}`;
  return z.array(Row).parse(rows);
}

const Count = z.object({ class: DifferenceClass, count: z.number() });
export type ClassCount = z.infer<typeof Count>;

/** How many there are of each class, the most frequent first. */
export async function countDifferences(
  db: Db,
  tenantId: string,
  scope: DifferenceScope,
): Promise<ClassCount[]> {
  const rows = await db.$queryRaw`
    SELECT d.class, count(*)::int AS count FROM billing_difference d
    WHERE ${condition(tenantId, scope)} GROUP BY 1 ORDER BY 2 DESC, 1`;
  return z.array(Count).parse(rows);
}

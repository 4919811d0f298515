import { z } from "zod";
import type { Db } from "@/server/db";
import type { AccountRevenue, Strangers } from "./account-revenue";

interface OfConnection {
  tenantId: string;
  connectionId: string;
}

const Reading = z.object({
  readAt: z.date().nullable(),
  triedAt: z.date().nullable(),
  failure: z.string().nullable(),
  strangers: z.number().nullable(),
  strangersMrrUsd: z.string().nullable(),
  /** When an account was mapped last. */
  mappedAt: z.date().nullable(),
});
export type RevenueReading = z.infer<typeof Reading>;

/** When and how subscriptions were read last. */
export async function findReading(db: Db, { tenantId, connectionId }: OfConnection): Promise<RevenueReading> {
  const rows = await db.$queryRaw`
    SELECT revenue_read_at AS "readAt", revenue_tried_at AS "triedAt", revenue_failure AS failure, strangers,
      trim_scale(strangers_mrr_usd)::text AS "strangersMrrUsd",
      (SELECT max(mapped_at) FROM billing_customer m WHERE m.tenant_id = c.tenant_id AND m.connection_id = c.id) AS "mappedAt"
    FROM billing_connection c WHERE tenant_id = ${tenantId}::uuid AND id = ${connectionId}::uuid`;
  return z.tuple([Reading]).parse(rows)[0];
}

/** What was read takes the place of what was read before. */
export async function replaceRevenue(
  db: Db,
  { tenantId, connectionId }: OfConnection,
  { accounts, strangers }: { accounts: readonly AccountRevenue[]; strangers: Strangers },
  now: Date,
): Promise<void> {
  await db.accountRevenue.deleteMany({ where: { tenantId, connectionId } });
  await db.accountRevenue.createMany({
    data: accounts.map((row) => ({ ...row, tenantId, connectionId, source: "stripe", readAt: now })),
  });
  await db.billingConnection.updateMany({
    where: { tenantId, id: connectionId },
    data: {
      revenueReadAt: now,
      revenueTriedAt: now,
      revenueFailure: null,
      strangers: strangers.customers,
      strangersMrrUsd: strangers.mrrUsd,
    },
  });
}

/** What was read before stands. */
export async function noteRevenueFailure(
  db: Db,
  { tenantId, connectionId }: OfConnection,
  failure: string,
  now: Date,
): Promise<void> {
  await db.billingConnection.updateMany({
    where: { tenantId, id: connectionId },
    data: { revenueTriedAt: now, revenueFailure: failure },
  });
}

const Row = z.object({
  accountId: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  mrrUsd: z.string().nullable(),
  subscriptions: z.number(),
  trialing: z.number(),
  notes: z.array(z.string()),
});
export type RevenueRow = z.infer<typeof Row>;

/** Of accounts that are mapped as they were when it was read; the greatest first. */
export async function listRevenue(db: Db, { tenantId, connectionId }: OfConnection): Promise<RevenueRow[]> {
  const rows = await db.$queryRaw`
    SELECT r.account_id AS "accountId", r.customer_id AS "customerId", m.name AS "customerName",
      trim_scale(r.mrr_usd)::text AS "mrrUsd", r.subscriptions, r.trialing, r.notes
    FROM account_revenue r JOIN billing_customer m ON m.tenant_id = r.tenant_id AND m.connection_id = r.connection_id
      AND m.account_id = r.account_id AND m.customer_id = r.customer_id
    WHERE r.tenant_id = ${tenantId}::uuid AND r.connection_id = ${connectionId}::uuid
    ORDER BY r.mrr_usd DESC NULLS LAST, r.account_id LIMIT 2000`;
  return z.array(Row).parse(rows);
}

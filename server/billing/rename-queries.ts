import type { Db } from "@/server/db";

interface Names {
  tenantId: string;
  accountId: string;
  alias: string;
}

/** Hours that the other name has rows of already follow them, as later revisions that come to both. */
export async function renameExports(db: Db, { tenantId, accountId, alias }: Names): Promise<void> {
  await db.$executeRaw`
    UPDATE billing_export e SET account_id = ${alias}, revision = e.revision + coalesce(known.revision, 0), total = e.total + coalesce(known.total, 0)
    FROM billing_export mine LEFT JOIN LATERAL (
      SELECT k.revision, k.total FROM billing_export k
      WHERE k.tenant_id = mine.tenant_id AND k.meter_id = mine.meter_id AND k.account_id = ${alias} AND k.window_start = mine.window_start
      ORDER BY k.revision DESC LIMIT 1
    ) AS known ON true
    WHERE mine.tenant_id = ${tenantId}::uuid AND mine.account_id = ${accountId} AND e.tenant_id = mine.tenant_id AND e.id = mine.id`;
}

/** Of two mappings, the other name's stays. */
export async function renameCustomer(db: Db, { tenantId, accountId, alias }: Names): Promise<void> {
  await db.$executeRaw`
    DELETE FROM billing_customer c WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}
      AND EXISTS (SELECT FROM billing_customer k WHERE k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id AND k.account_id = ${alias})`;
  await db.$executeRaw`
    UPDATE billing_customer SET account_id = ${alias}, name = ${alias} WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}`;
}

/** It is read anew within a day. */
export async function renameRevenue(db: Db, { tenantId, accountId, alias }: Names): Promise<void> {
  await db.$executeRaw`
    DELETE FROM account_revenue r WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}
      AND EXISTS (SELECT FROM account_revenue k WHERE k.tenant_id = r.tenant_id AND k.connection_id = r.connection_id AND k.account_id = ${alias})`;
  await db.$executeRaw`
    UPDATE account_revenue SET account_id = ${alias} WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}`;
}

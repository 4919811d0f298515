import { z } from "zod";
import type { Db } from "@/server/db";
import type { Month } from "@/server/periods/schemas";
import type { AccountSetting, IssuerSetting } from "./parties";
import { CustomerDetails, IssuerDetails } from "./schemas";

const Setting = z.object({
  accountId: z.string(),
  planId: z.string().nullable(),
  isBilled: z.boolean(),
  billFrom: z.string().nullable(),
  billThrough: z.string().nullable(),
  details: CustomerDetails,
});

/** Of these accounts, by id. */
export async function findSettings(
  db: Db,
  tenantId: string,
  accountIds: readonly string[],
): Promise<Map<string, AccountSetting>> {
  const rows = await db.$queryRaw`
    SELECT account_id AS "accountId", plan_id AS "planId", is_billed AS "isBilled", to_char(bill_from, 'YYYY-MM') AS "billFrom",
      to_char(bill_through, 'YYYY-MM') AS "billThrough", details
    FROM invoice_account WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...accountIds]}::text[])`;
  return new Map(
    z
      .array(Setting)
      .parse(rows)
      .map((setting) => [setting.accountId, setting]),
  );
}

const Listed = z.object({
  accountId: z.string(),
  planId: z.string().nullable(),
  isBilled: z.boolean().nullable(),
  billFrom: z.string().nullable(),
  billThrough: z.string().nullable(),
  details: CustomerDetails.nullable(),
  lastMonth: z.string().nullable(),
});
export type ListedAccount = z.infer<typeof Listed>;

/** Accounts of statements in force and those that somebody has said something of, by id. */
export async function accountsAfter(
  db: Db,
  tenantId: string,
  { search, after, limit }: { search: string; after: string | null; limit: number },
): Promise<ListedAccount[]> {
  const rows = await db.$queryRaw`
    WITH seen AS (
      SELECT l.account_id, max(l.month) AS last_month FROM statement_line l
        JOIN statement s ON s.tenant_id = l.tenant_id AND s.month = l.month AND s.revision = l.revision AND s.reopened_at IS NULL
      WHERE l.tenant_id = ${tenantId}::uuid AND l.account_id <> '' GROUP BY l.account_id
    )
    SELECT coalesce(a.account_id, seen.account_id) AS "accountId", a.plan_id AS "planId", a.is_billed AS "isBilled",
      to_char(a.bill_from, 'YYYY-MM') AS "billFrom", to_char(a.bill_through, 'YYYY-MM') AS "billThrough", a.details,
      to_char(seen.last_month, 'YYYY-MM') AS "lastMonth"
    FROM seen FULL JOIN (SELECT * FROM invoice_account WHERE tenant_id = ${tenantId}::uuid) AS a ON a.account_id = seen.account_id
    WHERE (${after}::text IS NULL OR coalesce(a.account_id, seen.account_id) COLLATE "C" > ${after})
      AND (strpos(lower(coalesce(a.account_id, seen.account_id)), lower(${search})) > 0
        OR strpos(lower(coalesce(a.details ->> 'name', '')), lower(${search})) > 0)
    ORDER BY coalesce(a.account_id, seen.account_id) COLLATE "C" LIMIT ${limit}`;
  return z.array(Listed).parse(rows);
}

const dateOf = (month: Month | null) => (month === null ? null : `${month}-01`);

export async function saveSetting(
  db: Db,
  tenantId: string,
  setting: AccountSetting,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const { accountId, planId, isBilled, billFrom, billThrough, details } = setting;
  await db.$executeRaw`
    INSERT INTO invoice_account (tenant_id, account_id, plan_id, is_billed, bill_from, bill_through, details, updated_by, updated_at)
    VALUES (${tenantId}::uuid, ${accountId}, ${planId}::uuid, ${isBilled}, ${dateOf(billFrom)}::date, ${dateOf(billThrough)}::date,
      ${JSON.stringify(details)}::jsonb, ${by}, ${at}::timestamptz)
    ON CONFLICT (tenant_id, account_id) DO UPDATE SET plan_id = excluded.plan_id, is_billed = excluded.is_billed,
      bill_from = excluded.bill_from, bill_through = excluded.bill_through, details = excluded.details,
      updated_by = excluded.updated_by, updated_at = excluded.updated_at`;
}

/** @returns whether there was one */
export async function deleteSettings(
  db: Db,
  tenantId: string,
  accountIds: readonly string[],
): Promise<boolean> {
  const deleted = await db.$executeRaw`
    DELETE FROM invoice_account WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...accountIds]}::text[])`;
  return deleted > 0;
}

const SavedIssuer = z.object({ defaultPlanId: z.string().nullable(), details: IssuerDetails });

/** Null: nobody has said anything yet. */
export async function findIssuer(db: Db, tenantId: string): Promise<IssuerSetting | null> {
  const rows = await db.$queryRaw`
    SELECT default_plan_id AS "defaultPlanId", details FROM invoice_issuer WHERE tenant_id = ${tenantId}::uuid`;
  return z.array(SavedIssuer).parse(rows)[0] ?? null;
}

export async function saveIssuerSetting(
  db: Db,
  tenantId: string,
  { defaultPlanId, details }: IssuerSetting,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO invoice_issuer (tenant_id, default_plan_id, details, updated_by, updated_at)
    VALUES (${tenantId}::uuid, ${defaultPlanId}::uuid, ${JSON.stringify(details)}::jsonb, ${by}, ${at}::timestamptz)
    ON CONFLICT (tenant_id) DO UPDATE SET default_plan_id = excluded.default_plan_id, details = excluded.details,
      updated_by = excluded.updated_by, updated_at = excluded.updated_at`;
}

import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Month } from "@/server/periods/schemas";
import type { InvoiceLine } from "./documents";
import { Tax } from "./plan-schemas";
import { InvoiceState, LineKind, LineUnit } from "./schemas";

const iso = z.date().transform((at) => at.toISOString());
const strings = z.array(z.string());
/** As they are frozen in an invoice. */
export const FrozenCustomer = z.object({
  name: z.string(),
  addressLines: strings,
  email: z.string(),
  vatId: z.string(),
  dueDays: z.number(),
  tax: Tax,
});
export type FrozenCustomer = z.infer<typeof FrozenCustomer>;
export const FrozenIssuer = z.object({
  name: z.string(),
  addressLines: strings,
  vatId: z.string(),
  bankLines: strings,
  note: z.string(),
});
export type FrozenIssuer = z.infer<typeof FrozenIssuer>;

const Row = z.object({
  id: z.string(),
  month: z.string(),
  statementRevision: z.number(),
  accountId: z.string(),
  state: InvoiceState,
  shape: z.number(),
  planId: z.string(),
  planVersion: z.number(),
  planName: z.string(),
  /** Of the plan, now. */
  versionInForce: z.number(),
  /** Of the month's statement, now; null: the month is open again. */
  revisionInForce: z.number().nullable(),
  timeZone: z.string(),
  calls: z.bigint().transform(Number),
  costUsd: z.string(),
  unpricedCalls: z.bigint().transform(Number),
  unchargedCalls: z.bigint().transform(Number),
  unchargedCostUsd: z.string(),
  netUsd: z.string(),
  taxUsd: z.string(),
  totalUsd: z.string(),
  customer: FrozenCustomer,
  issuer: FrozenIssuer,
  createdBy: z.string(),
  createdAt: iso,
  computedAt: iso,
  replaces: z.string().nullable(),
  number: z.string().nullable(),
  seriesYear: z.number().nullable(),
  seriesN: z.number().nullable(),
  issuedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  finalisedBy: z.string().nullable(),
  finalisedAt: iso.nullable(),
  contentHash: z.string().nullable(),
  renamedAt: iso.nullable(),
  voidedBy: z.string().nullable(),
  voidedAt: iso.nullable(),
  voidReason: z.string().nullable(),
  isEdited: z.boolean(),
  /** What the statement in force has of the account, where the invoice is of another revision. */
  costNowUsd: z.string().nullable(),
});
export type InvoiceRow = z.infer<typeof Row>;

const selected = Prisma.sql`
  SELECT i.id, to_char(i.month, 'YYYY-MM') AS month, i.statement_revision AS "statementRevision", i.account_id AS "accountId", i.state, i.shape,
    i.plan_id AS "planId", i.plan_version AS "planVersion", v.terms ->> 'name' AS "planName", p.version AS "versionInForce",
    f.revision AS "revisionInForce", s.time_zone AS "timeZone", i.calls, i.cost_usd::text AS "costUsd", i.unpriced_calls AS "unpricedCalls",
    i.uncharged_calls AS "unchargedCalls", i.uncharged_cost_usd::text AS "unchargedCostUsd", i.net_usd::text AS "netUsd",
    i.tax_usd::text AS "taxUsd", i.total_usd::text AS "totalUsd", i.customer, i.issuer, i.created_by AS "createdBy",
    i.created_at AS "createdAt", i.computed_at AS "computedAt", i.replaces, i.number, i.series_year AS "seriesYear", i.series_n AS "seriesN",
    to_char(i.issued_on, 'YYYY-MM-DD') AS "issuedOn", to_char(i.due_on, 'YYYY-MM-DD') AS "dueOn", i.finalised_by AS "finalisedBy",
    i.finalised_at AS "finalisedAt", i.content_hash AS "contentHash", i.renamed_at AS "renamedAt", i.voided_by AS "voidedBy",
    i.voided_at AS "voidedAt", i.void_reason AS "voidReason",
    EXISTS (SELECT FROM invoice_line l WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.id AND l.kind = 'manual') AS "isEdited",
    CASE WHEN f.revision <> i.statement_revision THEN
      (SELECT coalesce(sum(l.cost_usd), 0)::numeric(38, 18)::text FROM statement_line l
        WHERE l.tenant_id = i.tenant_id AND l.month = i.month AND l.revision = f.revision AND l.account_id = i.account_id)
    END AS "costNowUsd"
  FROM invoice i
    JOIN rate_plan p ON p.tenant_id = i.tenant_id AND p.id = i.plan_id
    JOIN rate_plan_version v ON v.tenant_id = i.tenant_id AND v.plan_id = i.plan_id AND v.version = i.plan_version
    JOIN statement s ON s.tenant_id = i.tenant_id AND s.month = i.month AND s.revision = i.statement_revision
    LEFT JOIN statement f ON f.tenant_id = i.tenant_id AND f.month = i.month AND f.reopened_at IS NULL`;

const dateOf = (month: Month) => Prisma.sql`${`${month}-01`}::date`;

export interface InvoiceFilter {
  month?: Month | undefined;
  state?: InvoiceState | undefined;
  accountId?: string | undefined;
}
export interface InvoicePlace {
  month: Month;
  accountId: string;
  id: string;
}

/** The newest month first; within it by account, then by id. */
export async function listInvoiceRows(
  db: Db,
  tenantId: string,
  { month, state, accountId }: InvoiceFilter,
  after: InvoicePlace | null,
  limit: number,
): Promise<InvoiceRow[]> {
  const conditions = [
    Prisma.sql`i.tenant_id = ${tenantId}::uuid`,
    ...(month === undefined ? [] : [Prisma.sql`i.month = ${dateOf(month)}`]),
    ...(state === undefined ? [] : [Prisma.sql`i.state = ${state}`]),
    ...(accountId === undefined ? [] : [Prisma.sql`i.account_id = ${accountId}`]),
    ...(after === null
      ? []
      : [
          Prisma.sql`(i.month < ${dateOf(after.month)} OR (i.month = ${dateOf(after.month)}
            AND (i.account_id COLLATE "C", i.id) > (${after.accountId} COLLATE "C", ${after.id}::uuid)))`,
        ]),
  ];
  const rows = await db.$queryRaw`
    ${selected} WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY i.month DESC, i.account_id COLLATE "C", i.id LIMIT ${limit}`;
  return z.array(Row).parse(rows);
}

export async function findInvoice(db: Db, tenantId: string, id: string): Promise<InvoiceRow | null> {
  const rows = await db.$queryRaw`${selected} WHERE i.tenant_id = ${tenantId}::uuid AND i.id = ${id}::uuid`;
  return z.array(Row).parse(rows)[0] ?? null;
}

/** The one in force of each of these accounts for a month: a draft, or one with a number. */
export async function findInForce(
  db: Db,
  tenantId: string,
  month: Month,
  accountIds: readonly string[],
): Promise<Map<string, { id: string; state: InvoiceState; isEdited: boolean; replaces: string | null }>> {
  const rows = await db.$queryRaw`
    SELECT account_id AS "accountId", id, state, replaces,
      EXISTS (SELECT FROM invoice_line l WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.id AND l.kind = 'manual') AS "isEdited"
    FROM invoice i WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND state <> 'void'
      AND account_id = ANY (${[...accountIds]}::text[])`;
  const Found = z.object({
    accountId: z.string(),
    id: z.string(),
    state: InvoiceState,
    isEdited: z.boolean(),
    replaces: z.string().nullable(),
  });
  return new Map(
    z
      .array(Found)
      .parse(rows)
      .map(({ accountId, ...found }) => [accountId, found]),
  );
}

/** Accounts of these whose invoice of a month was voided, with nothing in its place. */
export async function voidedAccounts(
  db: Db,
  tenantId: string,
  month: Month,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ account_id: string }[]>`
    SELECT account_id FROM invoice WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)}
      AND account_id = ANY (${[...accountIds]}::text[]) GROUP BY account_id HAVING bool_and(state = 'void')`;
  return new Set(rows.map(({ account_id: accountId }) => accountId));
}

const PlanOf = z.object({
  accountId: z.string(),
  month: z.string(),
  planId: z.string(),
  version: z.number(),
});
/** By which plan accounts were billed for earlier months: of invoices with a number that are in force. */
export async function plansOfMonths(
  db: Db,
  tenantId: string,
  months: readonly Month[],
  accountIds: readonly string[],
): Promise<z.infer<typeof PlanOf>[]> {
  if (months.length === 0) return [];
  const rows = await db.$queryRaw`
    SELECT account_id AS "accountId", to_char(month, 'YYYY-MM') AS month, plan_id AS "planId", plan_version AS version
    FROM invoice WHERE tenant_id = ${tenantId}::uuid AND state = 'final'
      AND month = ANY (${months.map((month) => `${month}-01`)}::text[]::date[]) AND account_id = ANY (${[...accountIds]}::text[])`;
  return z.array(PlanOf).parse(rows);
}

const Line = z.object({
  n: z.number(),
  kind: LineKind,
  component: z.number().nullable(),
  ofMonth: z.string(),
  description: z.string(),
  quantity: z.string().nullable(),
  unit: LineUnit.nullable(),
  unitUsd: z.string().nullable(),
  per: z.number().nullable(),
  exactUsd: z.string(),
  amountUsd: z.string(),
  manualId: z.string().nullable(),
});

/** Lines in their order, by invoice. */
export async function linesOf(
  db: Db,
  tenantId: string,
  invoiceIds: readonly string[],
): Promise<Map<string, InvoiceLine[]>> {
  const rows = await db.$queryRaw`
    SELECT invoice_id AS "invoiceId", n, kind, component, to_char(of_month, 'YYYY-MM') AS "ofMonth", description,
      trim_scale(quantity)::text AS quantity, unit, trim_scale(unit_usd)::text AS "unitUsd", per, trim_scale(exact_usd)::text AS "exactUsd",
      amount_usd::text AS "amountUsd", manual_id AS "manualId"
    FROM invoice_line WHERE tenant_id = ${tenantId}::uuid AND invoice_id = ANY (${[...invoiceIds]}::uuid[])
    ORDER BY invoice_id, invoice_line.n`;
  const found = new Map<string, InvoiceLine[]>(invoiceIds.map((id) => [id, []]));
  for (const { invoiceId, ...line } of z.array(Line.extend({ invoiceId: z.string() })).parse(rows))
    found.get(invoiceId)?.push(line);
  return found;
}

export interface Reference {
  id: string;
  number: string | null;
}
/** The one that an invoice stands in the place of, and the one that stands in its own. */
export async function relatedInvoices(
  db: Db,
  tenantId: string,
  { id, replaces }: Pick<InvoiceRow, "id" | "replaces">,
): Promise<{ replaces: Reference | null; replacedBy: Reference | null }> {
  const rows = await db.$queryRaw<(Reference & { replaces: string | null })[]>`
    SELECT id, number, replaces FROM invoice WHERE tenant_id = ${tenantId}::uuid
      AND (id = ${replaces}::uuid OR replaces = ${id}::uuid) ORDER BY created_at DESC`;
  const one = (row: Reference | undefined) => (row ? { id: row.id, number: row.number } : null);
  return {
    replaces: one(rows.find((row) => row.id === replaces)),
    replacedBy: one(rows.find((row) => row.replaces === id)),
  };
}

/** Invoices of accounts, whatever their state. */
export async function invoiceIdsOf(
  db: Db,
  tenantId: string,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM invoice WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...accountIds]}::text[]) ORDER BY id`;
  return rows.map(({ id }) => id);
}

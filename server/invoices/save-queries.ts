import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Month } from "@/server/periods/schemas";
import type { ComputedInvoice } from "./compute";
import type { FrozenCustomer, FrozenIssuer } from "./invoice-queries";
import { invoiceShape } from "./schemas";

export interface DraftToSave {
  id: string;
  month: Month;
  statementRevision: number;
  accountId: string;
  plan: { id: string; version: number };
  customer: FrozenCustomer;
  issuer: FrozenIssuer;
  replaces: string | null;
  computed: ComputedInvoice;
  by: string;
  at: Date;
}

const isOne = (tenantId: string, id: string) =>
  Prisma.sql`tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;

/** A new draft, or what one has become. */
export async function saveDraft(db: Db, tenantId: string, draft: DraftToSave): Promise<void> {
  const { id, month, computed, plan, at } = draft;
  const { calls, costUsd, unpricedCalls, uncharged, netUsd, taxUsd, totalUsd } = computed;
  await db.$executeRaw`
    INSERT INTO invoice (tenant_id, id, month, statement_revision, account_id, state, shape, plan_id, plan_version, calls, cost_usd,
      unpriced_calls, uncharged_calls, uncharged_cost_usd, net_usd, tax_usd, total_usd, customer, issuer, created_by, created_at,
      computed_at, replaces)
    VALUES (${tenantId}::uuid, ${id}::uuid, ${`${month}-01`}::date, ${draft.statementRevision}, ${draft.accountId}, 'draft', ${invoiceShape},
      ${plan.id}::uuid, ${plan.version}, ${calls}::bigint, ${costUsd}::numeric, ${unpricedCalls}::bigint, ${uncharged.calls}::bigint,
      ${uncharged.costUsd}::numeric, ${netUsd}::numeric, ${taxUsd}::numeric, ${totalUsd}::numeric, ${JSON.stringify(draft.customer)}::jsonb,
      ${JSON.stringify(draft.issuer)}::jsonb, ${draft.by}, ${at}::timestamptz, ${at}::timestamptz, ${draft.replaces}::uuid)
    ON CONFLICT (tenant_id, id) DO UPDATE SET statement_revision = excluded.statement_revision, shape = excluded.shape,
      plan_id = excluded.plan_id, plan_version = excluded.plan_version, calls = excluded.calls, cost_usd = excluded.cost_usd,
      unpriced_calls = excluded.unpriced_calls, uncharged_calls = excluded.uncharged_calls,
      uncharged_cost_usd = excluded.uncharged_cost_usd, net_usd = excluded.net_usd, tax_usd = excluded.tax_usd,
      total_usd = excluded.total_usd, customer = excluded.customer, issuer = excluded.issuer, computed_at = excluded.computed_at`;
  await db.$executeRaw`DELETE FROM invoice_line WHERE tenant_id = ${tenantId}::uuid AND invoice_id = ${id}::uuid`;
  await db.$executeRaw`
    INSERT INTO invoice_line (tenant_id, invoice_id, n, kind, component, of_month, description, quantity, unit, unit_usd, per, exact_usd,
      amount_usd, manual_id)
    SELECT ${tenantId}::uuid, ${id}::uuid, n, kind, component, ("ofMonth" || '-01')::date, description, quantity::numeric, unit,
      "unitUsd"::numeric, per, "exactUsd"::numeric, "amountUsd"::numeric, "manualId"
    FROM jsonb_to_recordset(${JSON.stringify(computed.lines)}::jsonb) AS line(n integer, kind text, component integer, "ofMonth" text,
      description text, quantity text, unit text, "unitUsd" text, per integer, "exactUsd" text, "amountUsd" text, "manualId" uuid)`;
}

/** Of drafts alone: the database refuses others. @returns how many there were */
export async function deleteDrafts(db: Db, tenantId: string, ids: readonly string[]): Promise<number> {
  return db.$executeRaw`
    DELETE FROM invoice WHERE tenant_id = ${tenantId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND state = 'draft'`;
}

/**
 * The next number of a year. Whoever asks meanwhile waits for this transaction's end, and gets the same number if it fails:
 * so none is left out and none is given twice.
 */
export async function nextInSeries(db: Db, tenantId: string, year: number): Promise<number> {
  const rows = await db.$queryRaw`
    INSERT INTO invoice_series AS series (tenant_id, year, last) VALUES (${tenantId}::uuid, ${year}, 1)
    ON CONFLICT (tenant_id, year) DO UPDATE SET last = series.last + 1 RETURNING last`;
  return z.tuple([z.object({ last: z.number() })]).parse(rows)[0].last;
}

export interface Finality {
  number: string;
  seriesYear: number;
  seriesN: number;
  issuedOn: string;
  dueOn: string;
  by: string;
  at: Date;
  contentHash: string;
}

export async function saveFinal(db: Db, tenantId: string, id: string, final: Finality): Promise<void> {
  await db.$executeRaw`
    UPDATE invoice SET state = 'final', number = ${final.number}, series_year = ${final.seriesYear}, series_n = ${final.seriesN},
      issued_on = ${final.issuedOn}::date, due_on = ${final.dueOn}::date, finalised_by = ${final.by},
      finalised_at = ${final.at}::timestamptz, content_hash = ${final.contentHash}
    WHERE ${isOne(tenantId, id)}`;
}

export async function saveVoid(
  db: Db,
  tenantId: string,
  id: string,
  { by, at, reason }: { by: string; at: Date; reason: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE invoice SET state = 'void', voided_by = ${by}, voided_at = ${at}::timestamptz, void_reason = ${reason}
    WHERE ${isOne(tenantId, id)}`;
}

/** As the jobs' role: somebody in invoices gets another name, and those with a number another hash. */
export async function saveRenamed(
  db: Db,
  tenantId: string,
  id: string,
  renamed: { accountId: string; customer: FrozenCustomer; contentHash: string | null; at: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE invoice SET account_id = ${renamed.accountId}, customer = ${JSON.stringify(renamed.customer)}::jsonb,
      content_hash = ${renamed.contentHash}, renamed_at = ${renamed.at}::timestamptz
    WHERE ${isOne(tenantId, id)}`;
}

import { recordAudit } from "@/server/audit/record";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { invoiceHash } from "./content";
import type { InvoiceHead } from "./documents";
import { type InvoiceRow, linesOf } from "./invoice-queries";
import type { BillingSettings } from "./outdated";
import { invoiceNumber } from "./parties";
import { nextInSeries, saveFinal } from "./save-queries";
import type { OutdatedReason } from "./schemas";

const lately: Record<OutdatedReason, string> = {
  statement: "the month's statement is not in force any more",
  plan: "the rate plan of the account is another one",
  details: "billing details have changed",
};

/** @throws DomainError CONFLICT: what gets a number is what is in force */
export function requireCurrent({ customerName, outdated }: InvoiceHead): void {
  if (outdated.length === 0) return;
  const why = outdated.map((reason) => lately[reason]).join(", and ");
  throw new DomainError(
    "CONFLICT",
    `Recompute the draft of ${customerName} first: since it was made, ${why}.`,
  );
}

export interface Numbered {
  id: string;
  number: string;
  totalUsd: string;
}

/** Gives a draft that is current the next number of its year, in the caller's transaction, which holds the books. */
export async function giveNumber(
  db: Db,
  ctx: Ctx,
  row: InvoiceRow,
  { issuer }: BillingSettings,
  by: string,
): Promise<Numbered> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const issuedOn = localDay(ctx.now, timeZone);
  const seriesYear = new Date(`${issuedOn}T00:00:00Z`).getUTCFullYear();
  const seriesN = await nextInSeries(db, tenantId, seriesYear);
  const number = invoiceNumber(issuer.details.numberPrefix, seriesYear, seriesN);
  const said = { number, issuedOn, dueOn: addDays(issuedOn, row.customer.dueDays) };
  const lines = (await linesOf(db, tenantId, [row.id])).get(row.id) ?? [];
  const contentHash = invoiceHash(tenantId, { ...row, ...said }, lines);
  await saveFinal(db, tenantId, row.id, { ...said, seriesYear, seriesN, by, at: ctx.now, contentHash });
  const { accountId, month, totalUsd } = row;
  await recordAudit(db, ctx, {
    action: "invoice.finalised",
    subject: row.id,
    after: { number, accountId, month, totalUsd, contentHash },
  });
  return { id: row.id, number, totalUsd };
}

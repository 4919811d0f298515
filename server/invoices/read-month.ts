import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import type { Month } from "@/server/periods/schemas";
import type { InvoiceHead, InvoiceMonth } from "./documents";
import { type InvoicePlace, listInvoiceRows } from "./invoice-queries";
import { loadHeads } from "./load-heads";
import { lightInvoices, monthsWithBooks } from "./month-queries";
import { summariseMonth } from "./month-summary";
import { InvoiceMonthInput } from "./schemas";
import { loadSettings } from "./settings";
import { statementInForce } from "./statement-query";
import { costByAccount } from "./usage-queries";

const atOnce = 500;

/** How many drafts of a month would be others if they were computed now. */
async function countOutdated(db: Db, ctx: Ctx, month: Month): Promise<number> {
  let outdated = 0;
  let after: InvoicePlace | null = null;
  for (;;) {
    const rows = await listInvoiceRows(db, ctx.tenant.id, { month, state: "draft" }, after, atOnce);
    const heads: InvoiceHead[] = await loadHeads(db, ctx, rows);
    outdated += heads.filter((head) => head.outdated.length > 0).length;
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return outdated;
    after = { month, accountId: last.accountId, id: last.id };
  }
}

async function summary(db: Db, ctx: Ctx, month: Month): Promise<InvoiceMonth> {
  const { id: tenantId } = ctx.tenant;
  const statement = await statementInForce(db, tenantId, month);
  const accounts = statement
    ? await costByAccount(db, { tenantId, month, revision: statement.revision })
    : [];
  const { issuer, accounts: settings } = await loadSettings(
    db,
    ctx,
    accounts.map(({ accountId }) => accountId),
  );
  return summariseMonth({
    month,
    statement,
    accounts,
    invoices: await lightInvoices(db, tenantId, month),
    settings,
    defaultPlanId: issuer.defaultPlanId,
    outdatedDrafts: await countOutdated(db, ctx, month),
  });
}

/** What became of a month's statement. @throws DomainError NOT_FOUND where it has neither a statement nor invoices */
export async function readInvoiceMonth(ctx: Ctx, input: InvoiceMonthInput): Promise<InvoiceMonth> {
  requireRight(ctx.actor, "reports:read");
  const { month } = InvoiceMonthInput.parse(input);
  return ctx.db.read(async (db) => {
    if (!(await monthsWithBooks(db, ctx.tenant.id)).includes(month))
      throw new DomainError("NOT_FOUND", "This month has no statement and no invoices.");
    return summary(db, ctx, month);
  });
}

/** Of every month with a statement in force or with invoices, the newest first. */
export async function listInvoiceMonths(ctx: Ctx): Promise<InvoiceMonth[]> {
  requireRight(ctx.actor, "reports:read");
  return ctx.db.read(async (db) => {
    const months: InvoiceMonth[] = [];
    for (const month of await monthsWithBooks(db, ctx.tenant.id)) months.push(await summary(db, ctx, month));
    return months;
  });
}

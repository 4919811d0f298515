import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { Usd } from "@/server/prices/decimal";
import type { Finalised } from "./documents";
import { giveNumber, type Numbered, requireCurrent } from "./give-number";
import { listInvoiceRows } from "./invoice-queries";
import { loadHeads } from "./load-heads";
import { draftTotals } from "./month-queries";
import { requireBiller } from "./requirements";
import { FinaliseMonthInput } from "./schemas";
import { loadSettings } from "./settings";

/** Invoices of one answer: well within the time that a transaction has. */
const atOnce = 50;

/**
 * Gives numbers to all drafts of a month, a batch at a time, in the order of their accounts: each batch whole or not at all.
 * @throws DomainError CONFLICT where the drafts are others than were confirmed, or one is outdated
 */
export async function finaliseMonth(ctx: Ctx, input: FinaliseMonthInput): Promise<Finalised> {
  const by = requireBiller(ctx);
  const { month, confirm } = FinaliseMonthInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const all = await draftTotals(db, tenantId, month);
    if (all.drafts !== confirm.drafts || all.totalUsd !== confirm.totalUsd) {
      const now = `${String(all.drafts)} drafts come to USD ${all.totalUsd}`;
      throw new DomainError("CONFLICT", `Something has changed: ${now} by now. Look at them again.`);
    }
    const rows = await listInvoiceRows(db, tenantId, { month, state: "draft" }, null, atOnce);
    for (const head of await loadHeads(db, ctx, rows)) requireCurrent(head);
    const settings = await loadSettings(db, ctx, []);
    const invoices: Numbered[] = [];
    for (const row of rows) invoices.push(await giveNumber(db, ctx, row, settings, by));
    const given = invoices.reduce((sum, { totalUsd }) => sum.plus(totalUsd), new Usd(0));
    const drafts = all.drafts - invoices.length;
    const left = { drafts, totalUsd: new Usd(all.totalUsd).minus(given).toFixed(2) };
    return { invoices, left: drafts > 0 ? left : null };
  });
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { isOfWholeDays } from "@/server/periods/closed-month";
import { Usd } from "@/server/prices/decimal";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { statementInForce } from "@/server/statements/in-force";
import { accountSums, type AccountSums } from "./account-queries";
import { type InvoicedAccount, invoicedAccounts } from "./invoice-queries";
import { monthSpan } from "./month-span";
import { ReconciliationInput } from "./schemas";

export interface AccountFigures extends AccountSums {
  invoice: { state: "draft" | "final"; number: string | null; basisUsd: string; netUsd: string } | null;
  /** Of its whole statement, with corrections of earlier months: what an invoice is made of. Null: no statement. */
  toInvoiceUsd: string | null;
  /** Neighbouring figures of it are not the same. */
  isOff: boolean;
}

/** Rows of one answer: first those that are off, then the dearest. */
const shown = 500;

/** A month account by account, to see which one is off. Exact USD, decimal strings. */
export async function listAccountFigures(
  ctx: Ctx,
  input: ReconciliationInput,
): Promise<{ rows: AccountFigures[]; rest: { accounts: number; ledgerUsd: string } | null }> {
  requireRight(ctx.actor, "reports:read");
  const { month } = ReconciliationInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const all = await ctx.db.read(async (db) => {
    const { span, isClosed } = await monthSpan(db, ctx, month);
    const head = isClosed ? await statementInForce(db, tenantId, month) : null;
    const { timeZone } = await stateAndMarks(db, tenantId);
    const hasDays = timeZone === span.timeZone && isOfWholeDays(span);
    const sums = await accountSums(db, tenantId, span, { hasDays, hasStatement: head !== null });
    const invoiced = head ? await invoicedAccounts(db, { tenantId, month, revision: head.revision }) : [];
    const byAccount = new Map(invoiced.map((row) => [row.accountId, row]));
    return sums.map((row) => figuresOf(row, byAccount.get(row.accountId)));
  });
  const rows = [...all.filter(({ isOff }) => isOff), ...all.filter(({ isOff }) => !isOff)];
  const left = rows.slice(shown);
  const ledgerUsd = left.reduce((sum, row) => sum.plus(row.ledgerUsd), new Usd(0)).toFixed();
  return { rows: rows.slice(0, shown), rest: left.length > 0 ? { accounts: left.length, ledgerUsd } : null };
}

function figuresOf(row: AccountSums, invoiced: InvoicedAccount | undefined): AccountFigures {
  const { ledgerUsd, rolledUpUsd, statedUsd } = row;
  const { state = null, number = null, basisUsd = null, netUsd = null } = invoiced ?? {};
  const differs = (one: string | null, other: string | null) => one !== null && other !== null && !new Usd(one).eq(other); // prettier-ignore
  const toInvoiceUsd = invoiced?.statedUsd ?? null;
  return {
    ...row,
    toInvoiceUsd,
    invoice: state && basisUsd !== null && netUsd !== null ? { state, number, basisUsd, netUsd } : null,
    isOff:
      differs(ledgerUsd, rolledUpUsd) || differs(ledgerUsd, statedUsd) || differs(toInvoiceUsd, basisUsd),
  };
}

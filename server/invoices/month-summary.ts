import type { Month } from "@/server/periods/schemas";
import { Usd } from "@/server/prices/decimal";
import type { InvoiceMonth } from "./documents";
import type { LightInvoice } from "./month-queries";
import { type AccountSetting, decideBilling } from "./parties";
import { type UninvoicedReason, uninvoicedReasons } from "./schemas";
import type { AccountCost } from "./usage-queries";

export interface MonthFacts {
  month: Month;
  /** The one in force, and what it has of each account ('' among them). */
  statement: { revision: number; amountUsd: string; costUsd: string; unpricedCalls: number } | null;
  accounts: readonly AccountCost[];
  invoices: readonly LightInvoice[];
  settings: ReadonlyMap<string, AccountSetting>;
  defaultPlanId: string | null;
  outdatedDrafts: number;
}

const sum = <T>(rows: readonly T[], usd: (row: T) => string) =>
  rows.reduce((total, row) => total.plus(usd(row)), new Usd(0));

/** Every amount of a month's statement is on an invoice, or is said not to be, and why. */
export function summariseMonth(facts: MonthFacts): InvoiceMonth {
  const { month, statement, invoices } = facts;
  const of = (state: LightInvoice["state"]) => invoices.filter((invoice) => invoice.state === state);
  const [drafts, finals, voids] = [of("draft"), of("final"), of("void")];
  const inForce = [...drafts, ...finals];
  const cost = new Map(facts.accounts.map((account) => [account.accountId, account]));
  const billed = new Set(inForce.map(({ accountId }) => accountId));
  const reasonOf = ({ accountId }: AccountCost): UninvoicedReason => {
    if (accountId === "") return "no_account";
    const billing = decideBilling(facts.settings.get(accountId), facts.defaultPlanId, month);
    return billing.planId === null ? billing.reason : "no_invoice";
  };
  const left = facts.accounts
    .filter(({ accountId }) => !billed.has(accountId))
    .map((account) => ({ ...account, reason: reasonOf(account) }));
  const uninvoiced = uninvoicedReasons.flatMap((reason) => {
    const rows = left.filter((row) => row.reason === reason);
    const calls = rows.reduce((total, row) => total + row.calls, 0);
    return rows.length === 0
      ? []
      : { reason, accounts: reason === "no_account" ? 0 : rows.length, calls, costUsd: sum(rows, ({ costUsd }) => costUsd).toFixed(18) }; // prettier-ignore
  });
  const invoiced = sum(inForce, ({ costUsd }) => costUsd);
  const ofAnother = statement
    ? inForce.filter(({ statementRevision }) => statementRevision !== statement.revision)
    : [];
  const since = ofAnother.reduce(
    (total, { accountId, costUsd }) => total.plus(cost.get(accountId)?.costUsd ?? 0).minus(costUsd),
    new Usd(0),
  );
  const billedUsd = sum(inForce, ({ netUsd }) => netUsd);
  const accounted = invoiced.plus(sum(uninvoiced, ({ costUsd }) => costUsd)).plus(since);
  return {
    month,
    statement,
    drafts: { count: drafts.length, totalUsd: sum(drafts, ({ totalUsd }) => totalUsd).toFixed(2) },
    finals: { count: finals.length, totalUsd: sum(finals, ({ totalUsd }) => totalUsd).toFixed(2) },
    voids: { count: voids.length },
    outdatedDrafts: facts.outdatedDrafts,
    billedUsd: billedUsd.toFixed(2),
    invoicedCostUsd: invoiced.toFixed(18),
    marginUsd: billedUsd.minus(invoiced).toFixed(18),
    uninvoiced,
    sinceReopenedUsd: since.toFixed(18),
    differenceUsd: (statement ? new Usd(statement.costUsd).minus(accounted) : new Usd(0)).toFixed(18),
  };
}

import type { InvoiceState, LineKind, LineUnit, OutdatedReason, UninvoicedReason } from "./schemas";
import type { Month } from "@/server/periods/schemas";
import type { PlanTerms, Tax } from "./plan-schemas";

// What the procedures answer. Amounts are USD as decimal strings; instants are ISO; days are YYYY-MM-DD of the tenant's zone.

export interface InvoiceLine {
  n: number;
  kind: LineKind;
  /** The place of the plan's component that it is of, from 1; null: of none. */
  component: number | null;
  /** The month that it is about: another one than the invoice's where it corrects. */
  ofMonth: Month;
  description: string;
  /** Null where the amount is no product. */
  quantity: string | null;
  unit: LineUnit | null;
  /** USD of `per` units. */
  unitUsd: string | null;
  per: number | null;
  /** With every digit. */
  exactUsd: string;
  /** In cents: rounded once, half away from zero. Lines sum to the total. */
  amountUsd: string;
  /** Of what somebody added by hand; null: computed. */
  manualId: string | null;
}

export interface Customer {
  name: string;
  addressLines: string[];
  email: string;
  vatId: string;
}

export interface Issuer {
  name: string;
  addressLines: string[];
  vatId: string;
  bankLines: string[];
  note: string;
}

/** A row of a list. */
export interface InvoiceHead {
  id: string;
  month: Month;
  accountId: string;
  state: InvoiceState;
  /** Null: a draft. */
  number: string | null;
  customerName: string;
  plan: { id: string; version: number; name: string };
  statementRevision: number;
  /** What the statement has of the account, exact: calls of the month, late ones and corrections. */
  costUsd: string;
  netUsd: string;
  taxUsd: string;
  totalUsd: string;
  issuedOn: string | null;
  dueOn: string | null;
  /** Whether somebody added lines by hand. */
  isEdited: boolean;
  /** Of drafts: why it is not what it would be now; such a draft is recomputed before it is finalised. */
  outdated: OutdatedReason[];
  /**
   * Of final ones whose month was opened again since: what the statement in force has of the account, less what the invoice
   * was made of; null: nothing changed. While the month is open again it is told as of nothing (`costUsd` null).
   */
  sinceReopened: { costUsd: string | null } | null;
  voidedAt: string | null;
}

export interface Invoice extends InvoiceHead {
  customer: Customer;
  issuer: Issuer;
  tax: Tax;
  dueDays: number;
  timeZone: string;
  calls: number;
  /** Calls without a price: their cost is not in it. */
  unpricedCalls: number;
  /** Usage that no component of the plan charges for, so that nothing is left out unseen. */
  uncharged: { calls: number; costUsd: string };
  lines: InvoiceLine[];
  terms: PlanTerms;
  createdBy: string;
  createdAt: string;
  computedAt: string;
  finalisedBy: string | null;
  finalisedAt: string | null;
  contentHash: string | null;
  renamedAt: string | null;
  voidedBy: string | null;
  voidReason: string | null;
  /** The voided one in whose place it stands, and the one that stands in its place. */
  replaces: { id: string; number: string | null } | null;
  replacedBy: { id: string; number: string | null } | null;
}

/** What became of a month's statement. */
export interface InvoiceMonth {
  month: Month;
  /** The statement in force; null: the month is open again. */
  statement: { revision: number; costUsd: string; amountUsd: string; unpricedCalls: number } | null;
  drafts: { count: number; totalUsd: string };
  finals: { count: number; totalUsd: string };
  voids: { count: number };
  outdatedDrafts: number;
  /** Net amounts of drafts and final ones. */
  billedUsd: string;
  /** Cost basis of drafts and final ones. */
  invoicedCostUsd: string;
  /** billedUsd less invoicedCostUsd. */
  marginUsd: string;
  /** What of the statement is on no invoice, and why. */
  uninvoiced: { reason: UninvoicedReason; accounts: number; calls: number; costUsd: string }[];
  /** What invoices of a revision that was opened again lack, against the statement in force. */
  sinceReopenedUsd: string;
  /** Statement less invoiced, uninvoiced and since reopened, at 18 decimals: nothing, unless something is wrong. */
  differenceUsd: string;
}

export interface DraftsMade {
  /** Accounts that this batch has looked at. */
  accounts: number;
  made: number;
  recomputed: number;
  /** Left alone: with lines added by hand. */
  edited: number;
  /** Left alone: they have a number. */
  final: number;
  /** Drafts of accounts that are not billed any more, taken away. */
  discarded: number;
  /** All accounts that are to be billed. */
  total: number;
  /** Pass as `after` to go on; null: that was all. */
  next: string | null;
}

export interface Finalised {
  invoices: { id: string; number: string; totalUsd: string }[];
  /** Drafts that are left for the next batch: pass it as `confirm`. Null: that was all. */
  left: { drafts: number; totalUsd: string } | null;
}

export interface PlanHead {
  id: string;
  version: number;
  terms: PlanTerms;
  /** Accounts that have it as their own. */
  accounts: number;
  isDefault: boolean;
  retiredAt: string | null;
  createdBy: string;
  createdAt: string;
}

export interface PlanPreview {
  month: Month;
  accounts: {
    accountId: string;
    customerName: string;
    costUsd: string;
    netUsd: string;
    lines: InvoiceLine[];
  }[];
  /** Of all accounts that the plan would bill, also of those that are not listed. */
  count: number;
  costUsd: string;
  netUsd: string;
}

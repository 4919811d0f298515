import { Usd, usdText } from "@/server/prices/decimal";
import type { ProviderSubscription } from "./port";
import { subscriptionMrr } from "./subscription-mrr";

export interface AccountRevenue {
  accountId: string;
  customerId: string;
  /** Decimal string; null: it cannot be told. */
  mrrUsd: string | null;
  paidSince: Date | null;
  subscriptions: number;
  trialing: number;
  notes: string[];
}

/** Customers with subscriptions whom no account is mapped to. */
export interface Strangers {
  customers: number;
  /** As far as it can be told. */
  mrrUsd: string;
}

/** More sentences than these tell nobody more. */
const mostNotes = 20;

/**
 * What accounts pay a month: the sum of their customer's subscriptions. A customer without any is left out, for nothing says
 * that it pays nothing; one that several accounts are mapped to cannot be told apart.
 */
export function accountRevenue(
  mappings: readonly { accountId: string; customerId: string }[],
  subscriptions: readonly ProviderSubscription[],
  now: Date,
): { accounts: AccountRevenue[]; strangers: Strangers } {
  const byCustomer = new Map<string, ProviderSubscription[]>();
  for (const one of subscriptions)
    byCustomer.set(one.customerId, [...(byCustomer.get(one.customerId) ?? []), one]);
  const accountsOf = new Map<string, number>();
  for (const { customerId } of mappings) accountsOf.set(customerId, (accountsOf.get(customerId) ?? 0) + 1);
  const accounts = mappings.flatMap(({ accountId, customerId }) => {
    const own = byCustomer.get(customerId);
    if (!own) return [];
    const { mrrUsd, notes, ...facts } = customerRevenue(own, now);
    const isShared = (accountsOf.get(customerId) ?? 0) > 1;
    const shared = isShared ? ["Several accounts are billed to this customer, so nobody knows which of them pays what."] : []; // prettier-ignore
    return [{ accountId, customerId, ...facts, mrrUsd: isShared ? null : mrrUsd, notes: [...shared, ...notes].slice(0, mostNotes) }]; // prettier-ignore
  });
  const strange = [...byCustomer].flatMap(([customerId, own]) => {
    const told = customerRevenue(own, now);
    return accountsOf.has(customerId) || told.subscriptions === 0 ? [] : [told.mrrUsd ?? "0"];
  });
  const mrrUsd = usdText(strange.reduce((sum, usd) => sum.plus(usd), new Usd(0)));
  return { accounts, strangers: { customers: strange.length, mrrUsd } };
}

/** One that cannot be told leaves the whole untold: a part of it would pass for all. */
function customerRevenue(own: readonly ProviderSubscription[], now: Date) {
  const told = own.map((one) => ({ ...subscriptionMrr(one, now), startedAt: one.startedAt }));
  const counted = told.filter(({ counts }) => counts);
  const isKnown = counted.every(({ mrrUsd }) => mrrUsd !== null);
  const first = Math.min(...counted.map(({ startedAt }) => startedAt.getTime()));
  return {
    mrrUsd: isKnown ? usdText(counted.reduce((sum, { mrrUsd }) => sum.plus(mrrUsd ?? 0), new Usd(0))) : null,
    paidSince: counted.length > 0 ? new Date(first) : null,
    subscriptions: counted.length,
    trialing: own.filter(({ status }) => status === "trialing").length,
    notes: told.flatMap(({ notes }) => notes),
  };
}

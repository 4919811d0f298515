import { splitCost, wholeWeight } from "@/server/calls/shares";
import { buckets } from "@/server/prices/buckets";
import { Usd, usdText } from "@/server/prices/decimal";
import { type BookPrice, keyOf, type PriceOf, type StoredCall } from "./stored-call";

const groupOf = ({ occurredAt, shareOf }: StoredCall) => `${occurredAt} ${shareOf ?? ""}`;

/**
 * The call that these shares are parts of. Shares of several features are priced as a call of none: a contract for one
 * feature is not a contract for them all.
 */
export function wholeCall(first: StoredCall, shares: readonly StoredCall[]): StoredCall {
  const isOneFeature = shares.every(({ feature }) => feature === first.feature);
  const reported = shares.flatMap(({ reportedCostUsd }) =>
    reportedCostUsd === null ? [] : [reportedCostUsd],
  );
  const otherUnits = shares.find((share) => share.otherUnits !== null)?.otherUnits ?? null;
  const whole = { ...first, feature: isOneFeature ? first.feature : null, otherUnits };
  for (const bucket of buckets) whole[bucket] = shares.reduce((sum, share) => sum + share[bucket], 0);
  whole.reportedCostUsd = reported.length > 0 ? usdText(Usd.sum(...reported)) : null;
  return whole;
}

/**
 * Prices ledger rows that may be shares. A share's price is its part of what the whole call costs, split as when it was
 * stored, so that it does not matter which of the shares are asked for.
 * @param shares every row of the calls that any row to be priced is a share of
 */
export function priceShares(shares: readonly StoredCall[], priceOf: PriceOf): PriceOf {
  const groups = new Map<string, StoredCall[]>();
  for (const share of shares) groups.set(groupOf(share), [...(groups.get(groupOf(share)) ?? []), share]);
  const parts = new Map<string, BookPrice | null>();
  for (const group of groups.values()) {
    const inOrder = [...group].sort((one, other) => (one.shareNo ?? 0) - (other.shareNo ?? 0));
    const [first] = inOrder;
    if (!first) continue;
    const price = priceOf(wholeCall(first, inOrder));
    const weights = inOrder.map(({ shareWeight }) => wholeWeight(shareWeight ?? 1));
    const costs = price?.costUsd ? splitCost(price.costUsd, weights) : [];
    inOrder.forEach((share, at) => {
      parts.set(keyOf(share), price && { ...price, costUsd: costs[at] ?? null });
    });
  }
  return (row) => (row.shareOf === null ? priceOf(row) : (parts.get(keyOf(row)) ?? null));
}

import { Usd } from "@/server/prices/decimal";
import { services } from "@/server/prices/service";
import { type Account, addPart, explained, type RateOf, zero } from "./account";

/** What the decimals of rates leave over. */
const dust = new Usd("1e-12");
const sameShare = new Usd("1e-6");
const closeEnough = new Usd("0.005");

interface Repriced {
  account: Account;
  /** By how much the bill is dearer for the same tokens. */
  usd: Usd;
  /** What they cost by the ledger's rates. */
  expectedUsd: Usd;
}

/**
 * What is left once the quantities agree: the same tokens at another rate. One share on everything is a discount; what
 * another service would have cost is that service; else it is the price.
 */
export function explainPrices(accounts: readonly Account[], rateOf: RateOf): void {
  const repriced: Repriced[] = [];
  let agreeing = 0;
  for (const account of accounts) {
    const usd = account.chargedUsd.minus(account.ledgerUsd).minus(explained(account));
    const expectedUsd = account.chargedUsd.minus(usd);
    if (usd.abs().lte(dust)) {
      if (!expectedUsd.isZero()) agreeing += 1;
      foldDust(account, usd);
    } else repriced.push({ account, usd, expectedUsd });
  }
  const discount = agreeing === 0 ? commonShare(repriced) : null;
  const byModelDay = new Map<string, Repriced[]>();
  for (const one of repriced) {
    const key = JSON.stringify([one.account.day, one.account.model]);
    byModelDay.set(key, [...(byModelDay.get(key) ?? []), one]);
  }
  for (const group of byModelDay.values()) {
    const sold = discount === null ? otherService(group, accounts, rateOf) : null;
    for (const { account, usd } of group) {
      if (discount !== null)
        addPart(account, "tier_or_discount", `everything at ${discount} of the price`, usd);
      else if (sold !== null) addPart(account, "tier_or_discount", `billed as ${sold}`, usd);
      else addPart(account, "price", "", usd);
    }
  }
}

function foldDust(account: Account, usd: Usd): void {
  if (usd.isZero()) return;
  const largest = [...account.parts].sort((one, other) => other.usd.abs().comparedTo(one.usd.abs()))[0];
  if (largest) largest.usd = largest.usd.plus(usd);
  else addPart(account, "unexplained", "", usd);
}

/** The share of the price that all of at least two models were billed at; null if there is none. */
function commonShare(repriced: readonly Repriced[]): string | null {
  const [first] = repriced;
  if (!first || new Set(repriced.map(({ account }) => account.model)).size < 2) return null;
  if (repriced.some(({ expectedUsd }) => expectedUsd.isZero())) return null;
  const shares = repriced.map(({ usd, expectedUsd }) => usd.div(expectedUsd).plus(1));
  const [share] = shares;
  if (!share || share.lte(0) || share.gte(1) || !shares.every((one) => one.minus(share).abs().lte(sameShare)))
    return null;
  return share.toDecimalPlaces(6).toFixed();
}

/** The service at whose rates the whole model was billed that day, where the bill does not name services. */
function otherService(
  group: readonly Repriced[],
  accounts: readonly Account[],
  rateOf: RateOf,
): string | null {
  const [first] = group;
  if (!first) return null;
  const { day, model } = first.account;
  const all = accounts.filter(
    (account) => account.day === day && account.model === model && !account.chargedUsd.isZero(),
  );
  if (all.length !== group.length || all.some(({ byTokens, quantities }) => !byTokens || !quantities.has("")))
    return null;
  for (const service of services) {
    const fits = all.every((account) => {
      const rate = rateOf(account, service);
      const billed = account.quantities.get("")?.billed ?? zero;
      return (
        rate !== null &&
        billed.times(rate).minus(account.chargedUsd).abs().lte(account.chargedUsd.abs().times(closeEnough))
      );
    });
    if (fits) return service;
  }
  return null;
}

import type { PriceVersion } from "@/server/prices/price-version";

interface TenantSays {
  id: string;
  /** Inclusive; null has always been. */
  validFrom: Date | null;
  /** Exclusive; null is open. */
  validTo: Date | null;
  knownFrom: Date;
  /** Id of the person, key or job. */
  setBy: string;
  note: string;
  /** Since when it counts no more, however far back it reached. */
  withdrawnFrom: Date | null;
}

/** A tenant's own rates for a model, from its contract. */
export interface ContractVersion extends TenantSays, Pick<PriceVersion, "rates"> {
  provider: string;
  model: string;
  /** Null: of whatever feature, in whatever region. */
  feature: string | null;
  region: string | null;
}

/** A factor on list prices: "0.88" is a discount of 12 %, "1.05" a markup of 5 %. */
export interface PriceRule extends TenantSays {
  /** Null: of every provider; model then is null too. */
  provider: string | null;
  /** Null: every model. */
  model: string | null;
  /** Decimal string. */
  factor: string;
}

/** All that a tenant has said of prices. */
export interface TenantPrices {
  contracts: readonly ContractVersion[];
  rules: readonly PriceRule[];
}

export function isInForce(
  said: Pick<TenantSays, "validFrom" | "validTo" | "withdrawnFrom">,
  atMs: number,
): boolean {
  if (said.withdrawnFrom !== null) return false;
  if (said.validFrom && atMs < said.validFrom.getTime()) return false;
  return !said.validTo || atMs < said.validTo.getTime();
}

/** What was known at that moment: nothing that was said later, and nothing withdrawn that was withdrawn later. */
export function saidBy<T extends TenantSays>(all: readonly T[], at: Date): T[] {
  return all
    .filter(({ knownFrom }) => knownFrom <= at)
    .map((said) =>
      said.withdrawnFrom !== null && said.withdrawnFrom > at ? { ...said, withdrawnFrom: null } : said,
    );
}

/** The one known last first; of two known at once the order is arbitrary, but always the same. */
export function saidLast(one: TenantSays, other: TenantSays): number {
  return other.knownFrom.getTime() - one.knownFrom.getTime() || (one.id < other.id ? -1 : 1);
}

import { Usd, usdText } from "@/server/prices/decimal";
import type { PriceStatus } from "@/server/prices/price-call";

/** What a call costs, as the books have it or as the price book would. */
export interface KnownPrice {
  /** USD, decimal string; null is unpriced. */
  costUsd: string | null;
  status: PriceStatus;
}

export interface Change {
  beforeUsd: Usd;
  afterUsd: Usd;
  /** The cost was unknown and is known now. */
  newlyPriced: boolean;
}

const amount = (price: KnownPrice) => new Usd(price.costUsd ?? 0);

/**
 * What becomes of a call that is priced anew; null when it stays as it is. The version behind an amount that stays is no
 * change: that amount was made with it. In a closed month only amounts are corrected, and what is known stays known, for
 * a correction to "unknown" would be no figure.
 */
export function decideChange(before: KnownPrice, after: KnownPrice, isClosed: boolean): Change | null {
  const wasKnown = before.costUsd !== null;
  const isKnown = after.costUsd !== null;
  const [beforeUsd, afterUsd] = [amount(before), amount(after)];
  const isSame = wasKnown === isKnown && beforeUsd.eq(afterUsd);
  if (isSame && (isClosed || before.status === after.status)) return null;
  if (isClosed && !isKnown) return null;
  return { beforeUsd, afterUsd, newlyPriced: !wasKnown && isKnown };
}

export function deltaOf(change: Change): string {
  return usdText(change.afterUsd.minus(change.beforeUsd));
}

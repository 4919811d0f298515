import { Usd, usdText } from "@/server/prices/decimal";
import { shareOf } from "../share-of";

/** Revenue less cost and its part of the revenue; null where the revenue is not known. Decimal strings, USD. */
export function marginOf(
  revenueUsd: string,
  costUsd: string,
): { marginUsd: string; marginShare: string | null };
export function marginOf(
  revenueUsd: string | null,
  costUsd: string,
): { marginUsd: string | null; marginShare: string | null };
export function marginOf(revenueUsd: string | null, costUsd: string) {
  if (revenueUsd === null) return { marginUsd: null, marginShare: null };
  const marginUsd = usdText(new Usd(revenueUsd).minus(costUsd));
  return { marginUsd, marginShare: shareOf(marginUsd, revenueUsd) };
}

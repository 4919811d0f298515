import { Usd } from "@/server/prices/decimal";

const shareDecimals = 6;

/** A part of a whole as a decimal string from "0" to "1"; null when there is no whole to be part of. */
export function shareOf(part: string | number, whole: string | number): string | null {
  const total = new Usd(whole);
  return total.isZero() ? null : new Usd(part).div(total).toDecimalPlaces(shareDecimals).toFixed();
}

import { Decimal } from "decimal.js";

/** Decimals of an amount in the ledger: numeric(38,18) USD. */
export const usdDecimals = 18;

/**
 * Wide enough that units (10 digits) × rate (20 before and 18 after the point) ÷ per never loses a digit;
 * a clone, so that nobody else's settings reach money.
 */
export const Usd = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN });
export type Usd = Decimal;

/** The ledger's spelling of an amount: no exponent, no trailing zeros, at most 18 decimals. */
export function usdText(amount: Usd): string {
  return amount.toDecimalPlaces(usdDecimals).toFixed();
}

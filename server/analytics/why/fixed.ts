import { Usd, usdDecimals } from "@/server/prices/decimal";

/**
 * A number in steps of 2^-160: amounts and averages between reading them and rounding them to the ledger's 18 decimals.
 * A dozen times as fast as decimals of 44 digits, which made an answer take a second. What a stretch cost, and what
 * changed, is never one of these.
 */
export type Fixed = bigint;

const bits = 160n;
export const one: Fixed = 1n << bits;

export const countOf = (count: number): Fixed => BigInt(count) << bits;
/** Most calls use three of nine buckets, and most shares are whole: neither is worth a product. */
export const times = (a: Fixed, b: Fixed): Fixed =>
  a === 0n || b === 0n ? 0n : a === one ? b : b === one ? a : (a * b) >> bits;
/** Of counts and other numbers alike: the steps cancel. */
export const over = (part: bigint, whole: bigint): Fixed => (part << bits) / whole;
export const magnitude = (a: Fixed): Fixed => (a < 0n ? -a : a);
export const larger = (a: Fixed, b: Fixed): Fixed => (a > b ? a : b);

/** A decimal with at most 18 places, such as an amount of the ledger; others are cut off at 36. */
export function fromDecimal(text: string): Fixed {
  const plain = /^(-?)(\d+)(?:\.(\d{1,36}))?/.exec(text);
  if (!plain) throw new RangeError(`${text} is no plain decimal`);
  const [, sign, whole = "", fraction = ""] = plain;
  const steps = (BigInt(whole + fraction) << bits) / 10n ** BigInt(fraction.length);
  return sign === "-" ? -steps : steps;
}

/** What is beyond is noise of the last bits; cut off first, so that exact halves of the last decimal round alike. */
const noiseDecimals = 30;
const noise = 10n ** BigInt(noiseDecimals);

/** Steps of 10^-from in steps of 10^-to: the nearest, of two the even one. */
function rounded(steps: bigint, from: number, to: number): bigint {
  const step = 10n ** BigInt(from - to);
  const [down, rest] = [steps / step, (steps % step) * 2n];
  return rest > step || (rest === step && down % 2n === 1n) ? down + 1n : down;
}

/** Without its sign, in steps of the ledger's 18 decimals. */
const inLedgerSteps = (fixed: Fixed): bigint =>
  rounded((magnitude(fixed) * noise + (one >> 1n)) >> bits, noiseDecimals, usdDecimals);

function decimalText(steps: bigint, decimals: number, isNegative: boolean): string {
  const text = steps.toString().padStart(decimals + 1, "0");
  const sign = isNegative && steps !== 0n ? "-" : "";
  return `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** The nearest amount of the ledger's 18 decimals; of two the even one. */
export const toUsd = (fixed: Fixed): Usd =>
  new Usd(decimalText(inLedgerSteps(fixed), usdDecimals, fixed < 0n));

const shownDecimals = 6;

/** For averages and shares that are shown and never summed: six decimals. */
export const toNumber = (fixed: Fixed): number =>
  Number(decimalText(rounded(inLedgerSteps(fixed), usdDecimals, shownDecimals), shownDecimals, fixed < 0n));

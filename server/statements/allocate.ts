import { Usd } from "@/server/prices/decimal";

/** A part of a total: its key tells parts apart, its amount (USD, decimal string) is exact. */
export interface Part {
  key: string;
  usd: string;
}

const cents = 2;

/** Rounded to the cent once, half away from zero, as numeric's round() does; nothing is never "-0.00". */
export function roundToCents(usd: string): string {
  return new Usd(usd).toDecimalPlaces(cents, Usd.ROUND_HALF_UP).plus(0).toFixed(cents);
}

const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Shares out a total in cents so that the parts sum to it: each gets its whole cents, and what is left goes, a cent each, to
 * the largest fractions (largest remainder). Of equal fractions the larger amount comes first, then the key in order of
 * its code units. The total is the parts' sum, rounded, or what they were given of a larger one: less than a cent off.
 * @returns amounts by key, USD with two decimals
 * @throws Error where the total is not that of these parts
 */
export function allocate(totalUsd: string, parts: readonly Part[]): Map<string, string> {
  const split = parts.map(({ key, usd }) => {
    const exact = new Usd(usd).times(100);
    const whole = exact.floor();
    return { key, exact, whole, fraction: exact.minus(whole) };
  });
  const given = split.reduce((sum, { whole }) => sum.plus(whole), new Usd(0));
  const left = new Usd(totalUsd).times(100).minus(given).toNumber();
  const ranked = split
    .filter(({ fraction }) => !fraction.isZero())
    .sort(
      (one, other) =>
        other.fraction.comparedTo(one.fraction) ||
        other.exact.comparedTo(one.exact) ||
        byText(one.key, other.key),
    );
  if (!Number.isInteger(left) || left < 0 || left > ranked.length) {
    throw new Error("The parts do not make up the total that they are to share");
  }
  const luckier = new Set(ranked.slice(0, left).map(({ key }) => key));
  return new Map(
    split.map(({ key, whole }) => [
      key,
      whole
        .plus(luckier.has(key) ? 1 : 0)
        .dividedBy(100)
        .toFixed(cents),
    ]),
  );
}

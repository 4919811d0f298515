import type { Service } from "./service";

/** USD for `per` units, once the call's whole input reaches `tierStart` tokens (inclusive). */
export interface PriceRate {
  service: Service;
  unit: string;
  tierStart: number;
  /** Decimal string, exact, without trailing zeros. */
  usd: string;
  per: number;
}

/** What a model's units cost from `validFrom` (inclusive) to `validTo` (exclusive); null is open. */
export interface NewPriceVersion {
  provider: string;
  model: string;
  validFrom: Date | null;
  validTo: Date | null;
  /** UTC "HH:MM:SS", start inclusive, end exclusive; may wrap over midnight. Both null: all day. */
  dailyFrom: string | null;
  dailyTo: string | null;
  source: string;
  sourceVersion: string;
  rates: PriceRate[];
}

export interface PriceVersion extends NewPriceVersion {
  id: string;
  /** Since when we know: of two versions valid at an instant the later known one holds. */
  knownFrom: Date;
}

type Validity = Pick<NewPriceVersion, "validFrom" | "validTo" | "dailyFrom" | "dailyTo">;

export const secondsPerDay = 86_400;

/** Seconds since midnight of "HH:MM:SS". */
export function secondOfDay(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** `atMs` is epoch milliseconds, -Infinity for "always has been"; `second` the second of its UTC day. */
export function isValidAt(version: Validity, atMs: number, second: number): boolean {
  if (version.validFrom && atMs < version.validFrom.getTime()) return false;
  if (version.validTo && atMs >= version.validTo.getTime()) return false;
  if (version.dailyFrom === null || version.dailyTo === null) return true;
  const from = secondOfDay(version.dailyFrom);
  const to = secondOfDay(version.dailyTo);
  return from < to ? second >= from && second < to : second >= from || second < to;
}

import type { Decision } from "./schemas";

export const refusalReasons = ["loop", "usd-per-minute"] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Calls of a feature ('' is none) that were turned away by the breaker of loops. */
export interface Refusal {
  feature: string;
  reason: RefusalReason;
  refused: number;
  /** The most within a minute: calls of one prompt, or USD. Decimal string. */
  peak: string;
}

/** What a refused call is remembered by: its gravest reason of these, once. */
export function refusalsOf(feature: string, { reasons }: Decision): Refusal[] {
  const loop = reasons.find((reason) => reason.kind === "loop");
  if (loop) return [{ feature, reason: "loop", refused: 1, peak: String(loop.perMinute) }];
  const pace = reasons.find((reason) => reason.kind === "usd-per-minute");
  return pace ? [{ feature, reason: "usd-per-minute", refused: 1, peak: pace.usdPerMinute }] : [];
}

/** By feature and reason, all of them together. */
export function inAll(refusals: readonly Refusal[]): Refusal[] {
  const sums = new Map<string, Refusal>();
  for (const one of refusals) {
    const place = JSON.stringify([one.feature, one.reason]);
    const known = sums.get(place);
    const peak = known && Number(known.peak) > Number(one.peak) ? known.peak : one.peak;
    sums.set(place, { ...one, refused: (known?.refused ?? 0) + one.refused, peak });
  }
  return [...sums.values()];
}

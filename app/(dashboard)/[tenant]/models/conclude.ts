import { toGeometry } from "@/app/_format/money";
import type { BreakdownRow } from "@/server/analytics/schemas";

/** Less of the cost than this is not worth a sentence. */
const worthSaying = 0.05;
/** So many times its share of calls. */
const heavy = 1.5;

export interface HeaviestGroup {
  key: string | null;
  /** Fractions of 1. */
  costShare: number;
  callShare: number;
  /** One over the other. */
  weight: number;
}

/** The group that costs most for what it does: the largest ratio of its share of cost to that of calls. Null: none stands out. */
export function heaviest(
  rows: readonly Pick<BreakdownRow, "key" | "costShare" | "callShare">[],
): HeaviestGroup | null {
  return rows
    .flatMap(({ key, costShare, callShare }) => {
      if (costShare === null || callShare === null) return [];
      const [cost, calls] = [toGeometry(costShare), toGeometry(callShare)];
      return cost >= worthSaying && calls > 0 && cost / calls >= heavy
        ? [{ key, costShare: cost, callShare: calls, weight: cost / calls }]
        : [];
    })
    .reduce<HeaviestGroup | null>((most, one) => (most && most.weight >= one.weight ? most : one), null);
}

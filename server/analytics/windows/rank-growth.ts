import { Usd, usdText } from "@/server/prices/decimal";
import type { SpendFigures } from "../schemas";
import type { GrowthInput, GrowthRow } from "./windows-schemas";

export interface GrowthGroup {
  key: string | null;
  current: SpendFigures;
  previous: SpendFigures;
}

const ratioDecimals = 6;

/**
 * Groups that cost more than before, large enough to matter, the fastest growing first. Those of which nothing is known
 * before have no ratio: they come after those that have one, the dearest first.
 */
export function rankGrowth(
  groups: readonly GrowthGroup[],
  { minUsd, minCalls, order }: Pick<GrowthInput, "minUsd" | "minCalls" | "order">,
): GrowthRow[] {
  const grown = groups.flatMap(({ key, current, previous }) => {
    const change = new Usd(current.costUsd).minus(previous.costUsd);
    const matters = new Usd(current.costUsd).gte(minUsd) && current.calls >= minCalls;
    if (!matters || change.lte(0)) return [];
    const before = new Usd(previous.costUsd);
    return [{ key, current, previous, change, ratio: before.isZero() ? null : change.div(before) }];
  });
  return grown
    .sort((one, other) => {
      if (order === "ratio") {
        if (one.ratio === null || other.ratio === null) {
          if (one.ratio !== other.ratio) return one.ratio === null ? 1 : -1;
        } else if (!one.ratio.eq(other.ratio)) return other.ratio.cmp(one.ratio);
      }
      return other.change.cmp(one.change) || ((one.key ?? "") < (other.key ?? "") ? -1 : 1);
    })
    .map(({ change, ratio, ...group }) => ({
      ...group,
      changeUsd: usdText(change),
      changeRatio: ratio?.toDecimalPlaces(ratioDecimals).toFixed() ?? null,
      isNew: group.previous.calls === 0,
    }));
}

import { coverage } from "@/server/analytics/coverage";
import { shareOf } from "@/server/analytics/share-of";
import { spend } from "@/server/analytics/spend";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import type { ReviewFigures } from "./schemas";
import type { ReviewWeek } from "./week";

/** Tags whose lack is told whatever the tenant's policy wants. */
const always = ["feature", "team"];

/** What the figures of the week lack: prices, tags, and calls that may still come. */
export async function takeGaps(ctx: Ctx, week: ReviewWeek): Promise<ReviewFigures["gaps"]> {
  const { total, watermark } = await spend(ctx, { from: week.first, to: week.end });
  const covered = await coverage(ctx, { from: week.first, to: week.end });
  const less = (costUsd: string) => usdText(new Usd(covered.total.costUsd).minus(costUsd));
  const unattributedUsd = covered.attributed && less(covered.attributed.costUsd);
  return {
    unpricedCalls: total.unpricedCalls,
    unpricedTokens: total.unpricedTokens,
    wanted: covered.wanted,
    unattributedUsd,
    unattributedShare: unattributedUsd === null ? null : shareOf(unattributedUsd, covered.total.costUsd),
    lacking: covered.tags
      .filter(({ tag }) => always.includes(tag) || covered.wanted.includes(tag))
      .map(({ tag, costUsd }) => ({
        tag,
        costUsd: less(costUsd),
        costShare: shareOf(less(costUsd), covered.total.costUsd),
      })),
    ...watermark,
  };
}

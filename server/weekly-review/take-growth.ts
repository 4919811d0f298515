import { breakdown } from "@/server/analytics/breakdown";
import { rankGrowth } from "@/server/analytics/windows/rank-growth";
import { GrowthInput } from "@/server/analytics/windows/windows-schemas";
import type { Ctx } from "@/server/context";
import type { ReviewFigures } from "./schemas";
import type { ReviewWeek } from "./week";

type Grown = ReviewFigures["growth"]["features"];
const shown = 5;
/** Ranked among so many groups, those with the largest changes. */
const mostGroups = 1_000;
/** The floors of the overview: what is smaller is no growth to look at. */
const floor = GrowthInput.parse({});

async function grown(ctx: Ctx, week: ReviewWeek, groupBy: "feature" | "team"): Promise<Grown> {
  const { rows } = await breakdown(ctx, {
    from: week.first,
    to: week.end,
    compare: { from: week.before, to: week.first },
    groupBy,
    order: "change",
    limit: mostGroups,
  });
  const groups = rows.flatMap(({ key, current, previous }) => (previous ? [{ key, current, previous }] : []));
  return rankGrowth(groups, floor)
    .slice(0, shown)
    .map(({ key, current, previous, changeUsd, changeRatio, isNew }) => ({
      key,
      costUsd: current.costUsd,
      previousUsd: previous.costUsd,
      changeUsd,
      changeRatio,
      isNew,
    }));
}

/** The features and teams that grew fastest over the week before; none where there was no week before. */
export async function takeGrowth(ctx: Ctx, week: ReviewWeek): Promise<ReviewFigures["growth"]> {
  return { features: await grown(ctx, week, "feature"), teams: await grown(ctx, week, "team") };
}

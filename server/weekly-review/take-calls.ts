import { dearestCalls } from "@/server/analytics/outliers/outliers-query";
import type { Ctx } from "@/server/context";
import type { ReviewFigures } from "./schemas";
import type { ReviewWeek } from "./week";

const shown = 10;

/** The ten dearest calls of the week, with how far each stands out of its feature. */
export async function takeCalls(ctx: Ctx, { from, to }: ReviewWeek): Promise<ReviewFigures["calls"]> {
  const { calls } = await ctx.db.read((db) =>
    dearestCalls(db, {
      tenantId: ctx.tenant.id,
      from,
      // It takes the last instant in.
      to: new Date(to.getTime() - 1),
      filter: {},
      limit: shown,
    }),
  );
  return calls.map(({ id, occurredAt, feature, provider, model, costUsd, ratio, isOutlier }) => ({
    id,
    occurredAt,
    feature,
    provider,
    model,
    costUsd: costUsd ?? "0",
    ratio,
    isOutlier,
  }));
}

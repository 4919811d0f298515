import { breakdown } from "@/server/analytics/breakdown";
import type { SpendFigures } from "@/server/analytics/schemas";
import { spend } from "@/server/analytics/spend";
import { trend } from "@/server/analytics/trend";
import { forecastSubject } from "@/server/budgets/forecast";
import type { ToldForecast } from "@/server/budgets/status";
import type { Ctx } from "@/server/context";
import type { ReviewFigures } from "./schemas";
import type { ReviewWeek } from "./week";

const tenant = { kind: "tenant", key: "" } as const;
const costOf = ({ costUsd, calls, unpricedCalls }: SpendFigures) => ({ costUsd, calls, unpricedCalls });
const toldOf = (forecast: ToldForecast | null) =>
  forecast && {
    method: forecast.method,
    expectedUsd: forecast.expectedUsd,
    lowUsd: forecast.lowUsd,
    highUsd: forecast.highUsd,
  };

/**
 * What the week cost, day by day beside the week before, and against what the days before it let expect: the forecast is
 * made as at the end of its Sunday before, from what is known of those days now.
 */
export async function takeSpend(ctx: Ctx, week: ReviewWeek): Promise<ReviewFigures["spend"]> {
  const range = { from: week.first, to: week.end };
  const compare = { from: week.before, to: week.first };
  const { total: compared } = await breakdown(ctx, { ...range, compare, groupBy: "feature", limit: 1 });
  const { total } = await spend(ctx, range);
  const days = await trend(ctx, { ...range, compare, granularity: "day" });
  const eve = { ...ctx, now: new Date(week.from.getTime() - 1) };
  const expected = await forecastSubject(eve, {
    subject: tenant,
    period: { first: week.first, last: week.last },
  });
  const month = await forecastSubject(ctx, { subject: tenant });
  return {
    ...costOf(total),
    correctionsUsd: total.corrections?.usd ?? null,
    previous: compared.previous && costOf(compared.previous),
    changeUsd: compared.changeUsd,
    days: days.buckets.map((day, at) => ({
      day,
      costUsd: days.series[0]?.points[at]?.costUsd ?? null,
      previousUsd: days.previous?.points[at]?.costUsd ?? null,
    })),
    // What rests on less than two weeks is no forecast that a week could be held to.
    forecast: toldOf(expected.reason === null ? expected.forecast : null),
    month: {
      ...month.period,
      usedUsd: month.usedUsd,
      forecast: toldOf(month.forecast),
      budgetUsd: month.budgets.find(({ period }) => period === "month")?.amountUsd ?? null,
    },
  };
}

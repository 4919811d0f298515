import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { spreadOf } from "@/server/recommendations/spread";
import type { KindLook, Looked } from "./looked";
import { type RetryDay, retryDays } from "./retry-days-query";
import { featureCosts } from "./work-query";
import { largest } from "./worth";

/** What is hoped for: that every second one can be avoided. */
const avoidable = "0.5";

/** Attempts beyond the first, by feature and by what had failed before: half of what they cost. */
export async function lookForRetries(ctx: Ctx, looked: Looked): Promise<KindLook> {
  const { days, costs } = await ctx.db.read(async (db) => ({
    days: await retryDays(db, looked),
    costs: await featureCosts(db, looked),
  }));
  const groups = new Map<string, RetryDay[]>();
  for (const day of days) {
    const key = JSON.stringify([day.feature, day.cause]);
    groups.set(key, [...(groups.get(key) ?? []), day]);
  }
  const found = [...groups.values()].flatMap((ofGroup) => {
    const [any] = ofGroup;
    const worst = ofGroup.toSorted((one, other) => new Usd(other.costUsd).cmp(one.costUsd))[0];
    if (!any || !worst) return [];
    const costOf = new Map(ofGroup.map(({ day, costUsd }) => [day, new Usd(costUsd)]));
    const { sum, low, high } = spreadOf(looked.days.map((day) => costOf.get(day) ?? new Usd(0)));
    const half = (usd: Usd) => usdText(usd.isNegative() ? new Usd(0) : usd.times(avoidable));
    const totalOf = (of: (day: RetryDay) => number) => ofGroup.reduce((all, day) => all + of(day), 0);
    return {
      subject: { feature: any.feature, provider: null, model: null, prompt: null, version: null, cause: any.cause },
      ...looked.range.days,
      savingUsd: half(sum),
      lowUsd: half(low),
      highUsd: half(high),
      evidence: {
        kind: "retry" as const,
        retryCalls: totalOf(({ calls }) => calls),
        retryCostUsd: usdText(sum),
        unpricedCalls: totalOf(({ unpricedCalls }) => unpricedCalls),
        featureCostUsd: costs.get(any.feature) ?? "0",
        worstDay: worst.day,
        worstDayUsd: worst.costUsd,
      },
    };
  }); // prettier-ignore
  return { kind: "retry", candidates: groups.size, found: largest(found) };
}

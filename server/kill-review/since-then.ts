import { spend } from "@/server/analytics/spend";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import type { KillReview } from "./queries";
import type { KillItem } from "./schemas";

export interface SinceThen {
  /** Signed decimal string, USD: what late calls and new prices added to the month. */
  costUsd: string;
  calls: number;
  unpricedCalls: number;
}

interface Figures {
  costUsd: string;
  calls: number;
  unpricedCalls: number;
}

const none: Figures = { costUsd: "0", calls: 0, unpricedCalls: 0 };
const changeOf = (then: Figures, now: Figures): SinceThen => ({
  costUsd: usdText(new Usd(now.costUsd).minus(then.costUsd)),
  calls: now.calls - then.calls,
  unpricedCalls: now.unpricedCalls - then.unpricedCalls,
});
const isSomething = ({ costUsd, calls, unpricedCalls }: SinceThen) =>
  calls !== 0 || unpricedCalls !== 0 || !new Usd(costUsd).isZero();

/**
 * How the month stands now against what was frozen of it: of all of it, and of each feature that differs. It is asked by the
 * month's instants, so that a tenant whose zone is another one by now is asked about the same stretch.
 */
export async function sinceThen(ctx: Ctx, review: Pick<KillReview, "figures">, items: readonly KillItem[]) {
  const { figures } = review;
  const { total, rows } = await spend(ctx, {
    from: figures.from,
    to: figures.to,
    groupBy: "feature",
    limit: 10_000,
  });
  const now = new Map(rows.map((row) => [row.key, row]));
  const features = items.map(({ feature, evidence }) => ({
    feature,
    ...changeOf(evidence, now.get(feature) ?? none),
  }));
  return { total: changeOf(figures, total), features: features.filter(isSomething) };
}

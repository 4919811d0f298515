import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { freshTenantBook } from "@/server/contracts/load-tenant-book";
import { listedRates } from "@/server/contracts/stretches";
import type { Layer, TenantBook } from "@/server/contracts/tenant-book";
import { Usd, usdText } from "@/server/prices/decimal";
import type { PriceRate } from "@/server/prices/price-version";
import { recentUsage } from "./recent-usage";

export interface UsedModel {
  provider: string;
  model: string;
  calls: number;
  costUsd: string;
  /** Of the tenant's cost of all models, 0 to 1; null while that is 0. */
  shareOfCost: number | null;
  unpricedCalls: number;
  /** What it costs now, for calls of any feature and region; null: nobody knows. */
  price: {
    layer: Layer;
    versionId: string;
    ruleId: string | null;
    factor: string;
    rates: readonly PriceRate[];
  } | null;
}

export interface UsedModelsAnswer {
  from: string;
  to: string;
  models: UsedModel[];
}

/** The models of the last 30 days, the dearest first, with what each costs now. */
export async function listUsedModels(ctx: Ctx): Promise<UsedModelsAnswer> {
  requireRight(ctx.actor, "prices:read");
  const [book, { from, to, usage }] = await Promise.all([freshTenantBook(ctx), recentUsage(ctx)]);
  const models = new Map<string, Omit<UsedModel, "shareOfCost" | "price">>();
  let total = new Usd(0);
  for (const { provider, model, calls, costUsd, unpricedCalls } of usage) {
    const key = `${provider}\n${model}`;
    const known = models.get(key) ?? { provider, model, calls: 0, costUsd: "0", unpricedCalls: 0 };
    total = total.plus(costUsd);
    models.set(key, {
      ...known,
      calls: known.calls + calls,
      costUsd: usdText(new Usd(known.costUsd).plus(costUsd)),
      unpricedCalls: known.unpricedCalls + unpricedCalls,
    });
  }
  const dearestFirst = [...models.values()].sort(
    (one, other) => new Usd(other.costUsd).cmp(one.costUsd) || other.calls - one.calls,
  );
  return {
    from,
    to,
    models: dearestFirst.map((used) => ({
      ...used,
      shareOfCost: total.isZero() ? null : new Usd(used.costUsd).div(total).toDecimalPlaces(6).toNumber(),
      price: priceNow(book, used, ctx.now),
    })),
  };
}

function priceNow(
  book: TenantBook,
  model: { provider: string; model: string },
  now: Date,
): UsedModel["price"] {
  const applied = book.rates({
    ...model,
    feature: null,
    region: null,
    occurredAt: now,
    batch: false,
    serviceTier: null,
  });
  if (!applied) return null;
  const { layer, versionId, ruleId, factor } = applied;
  return { layer, versionId, ruleId, factor, rates: listedRates(book, versionId) };
}

import { buckets } from "@/server/prices/buckets";
import type { Pair, WhyFacts } from "../why-schemas";
import { levelOf, nameOrNull } from "./facts";
import type { ListedRates } from "./listed-rates";
import type { RawPart } from "./raw-part";
import type { RatesOf, WorkSplit } from "./split-work";
import { type Fixed, magnitude, toUsd } from "./fixed";

const million = 1_000_000n;
const mostFeatures = 5;

/** What one feature uses of a model. */
interface PriceUse {
  feature: string | null;
  isRest: boolean;
  amount: Fixed;
  worth: Pair<Fixed>;
}

const descending = (one: Fixed, other: Fixed) => (one === other ? 0 : one < other ? 1 : -1);

/** The listed rates that are not the same in both stretches. */
function changedRates([before, after]: Pair<ListedRates | null>) {
  return buckets.flatMap((bucket) => {
    const [was, is] = [before?.buckets[bucket], after?.buckets[bucket]];
    if (was === is) return [];
    const text = (rate: Fixed | undefined) => (rate === undefined ? null : toUsd(rate * million).toFixed());
    return [{ bucket, usdPerMillion: [text(was), text(is)] as const }];
  });
}

/** A price reaches every feature that uses the model: one part for each model. */
export function priceParts(splits: readonly WorkSplit[], ratesOf: RatesOf): RawPart[] {
  const models = new Map<string, { provider: string; model: string; uses: PriceUse[] }>();
  for (const { work, prices } of splits) {
    for (const { provider, model, amount, worth } of prices) {
      const key = `${provider}\n${model}`;
      const known = models.get(key) ?? { provider, model, uses: [] };
      known.uses.push({ feature: nameOrNull(work.feature), isRest: work.isRest, amount, worth });
      models.set(key, known);
    }
  }
  return [...models.values()].map(({ provider, model, uses }) => {
    const dearest = uses.sort((one, other) => descending(magnitude(one.amount), magnitude(other.amount)));
    const sum = (pick: (use: PriceUse) => Fixed) => uses.reduce((total, use) => total + pick(use), 0n);
    return {
      cause: "price",
      amount: sum(({ amount }) => amount),
      work: null,
      facts: (): WhyFacts => ({
        cause: "price",
        provider,
        model,
        features: [...new Set(dearest.flatMap(({ feature, isRest }) => (isRest ? [] : [feature])))].slice(
          0,
          mostFeatures,
        ),
        level: levelOf([sum(({ worth }) => worth[0]), sum(({ worth }) => worth[1])]),
        listed: changedRates(ratesOf({ provider, model, feature: dearest[0]?.feature ?? null })),
      }),
    };
  });
}

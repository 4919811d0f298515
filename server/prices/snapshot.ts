import { type ConditionalPrice, type TieredPrices, waitForUpdate } from "@pydantic/genai-prices";
import { Usd } from "./decimal";
import type { NewPriceVersion, PriceRate } from "./price-version";
import { timelineOf } from "./timeline";
import { unitOfPriceKey } from "./units";

export const snapshotSource = "genai-prices";
/** The pinned release of the package; a test holds it against the installed one. */
export const snapshotSourceVersion = "0.1.8";

const bundledOrigin = { source: snapshotSource, sourceVersion: snapshotSourceVersion };

type PlainPrice = number | Pick<TieredPrices, "base" | "tiers"> | undefined;
type PlainPrices = Record<string, PlainPrice>;

/** What of the package's providers we read. */
export interface PricedProvider {
  id: string;
  models: {
    id: string;
    prices: PlainPrices | { constraint?: ConditionalPrice["constraint"]; prices: PlainPrices }[];
  }[];
}

/** Everything that the installed @pydantic/genai-prices knows, as versions of our book. */
export async function readSnapshot(): Promise<NewPriceVersion[]> {
  // Nobody calls updatePrices, so what this resolves to is the bundled list, at once and without the network.
  const providers = await waitForUpdate();
  if (!providers) throw new Error("genai-prices gave no price list.");
  return versionsOf(providers);
}

/** @param origin what the versions are marked with */
export function versionsOf(
  providers: readonly PricedProvider[],
  origin: Pick<NewPriceVersion, "source" | "sourceVersion"> = bundledOrigin,
): NewPriceVersion[] {
  return providers.flatMap(({ id: provider, models }) =>
    models.flatMap((model) => {
      const list = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
      const constraints = list.map(
        ({ constraint }: { constraint?: ConditionalPrice["constraint"] }) => constraint,
      );
      return timelineOf(constraints).flatMap(({ entry, ...validity }) => {
        const rates = ratesOf(list[entry]?.prices ?? {});
        // A model without a rate is listed but not priced: no version, so that its calls are unpriced, not free.
        return rates.length === 0 ? [] : [{ provider, model: model.id, ...validity, ...origin, rates }];
      });
    }),
  );
}

function ratesOf(prices: PlainPrices): PriceRate[] {
  return Object.entries(prices).flatMap(([key, price]) => {
    if (price === undefined) return [];
    const { unit, per } = unitOfPriceKey(key);
    const rate = (usd: number, tierStart: number) => ({
      service: "standard" as const,
      unit,
      tierStart,
      usd: shortestText(usd),
      per,
    });
    if (typeof price === "number") return [rate(price, 0)];
    // Their tier begins above `start`, ours at `tierStart`.
    return [rate(price.base, 0), ...price.tiers.map((tier) => rate(tier.price, tier.start + 1))];
  });
}

/** The shortest decimal that reads back as this number, which is what the list's author wrote; no exponent. */
function shortestText(value: number): string {
  return new Usd(value).toFixed();
}

import { type ModelInfo, type ModelPrice, type Provider, waitForUpdate } from "@pydantic/genai-prices";
import { Usd } from "./decimal";
import type { NewPriceVersion, PriceRate } from "./price-version";
import { timelineOf } from "./timeline";
import { unitOfPriceKey } from "./units";

export const snapshotSource = "genai-prices";
/** The pinned release of the package; a test holds it against the installed one. */
export const snapshotSourceVersion = "0.1.8";

/** Everything that the installed @pydantic/genai-prices knows, as versions of our book. */
export async function readSnapshot(): Promise<NewPriceVersion[]> {
  // Nobody calls updatePrices, so what this resolves to is the bundled list, at once and without the network.
  const providers = await waitForUpdate();
  if (!providers) throw new Error("genai-prices gave no price list.");
  return versionsOf(providers);
}

export function versionsOf(providers: readonly Provider[]): NewPriceVersion[] {
  return providers.flatMap((provider) =>
    provider.models.flatMap((model) => modelVersions(provider.id, model)),
  );
}

function modelVersions(provider: string, model: ModelInfo): NewPriceVersion[] {
  const list = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  return timelineOf(list.map(({ constraint }) => constraint)).flatMap(({ entry, ...validity }) => {
    const rates = ratesOf(list[entry]?.prices ?? {});
    // A model without a rate is listed but not priced: no version, so that its calls are unpriced, not free.
    if (rates.length === 0) return [];
    const origin = { source: snapshotSource, sourceVersion: snapshotSourceVersion };
    return [{ provider, model: model.id, ...validity, ...origin, rates }];
  });
}

function ratesOf(prices: ModelPrice): PriceRate[] {
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

import { Usd } from "./decimal";
import type { NewPriceVersion, PriceRate, PriceVersion } from "./price-version";

/** A list with fewer of the models that it had before is likelier torn than tidied. */
const leastKept = 0.8;
/** Nobody changes a price a hundredfold; a list whose unit slipped does. */
const greatestChange = 100;

const modelOf = ({ provider, model }: Pick<NewPriceVersion, "provider" | "model">) => `${provider}\n${model}`;
const rateOf = ({ service, unit, tierStart }: PriceRate) => `${service} ${unit} ${String(tierStart)}`;

/**
 * Why a list that came over the network must not enter the book, in a sentence; null when it may.
 * @param known what the book has of the same maker
 */
export function refusalOf(known: readonly PriceVersion[], listed: readonly NewPriceVersion[]): string | null {
  const knownModels = new Set(known.map(modelOf));
  const listedModels = new Set(listed.map(modelOf));
  const kept = [...knownModels].filter((model) => listedModels.has(model)).length;
  if (listed.length === 0 || kept < knownModels.size * leastKept) {
    return `Only ${String(kept)} of the ${String(knownModels.size)} models known before are in the list.`;
  }
  const latest = latestRates(known);
  for (const version of listed) {
    const before = latest.get(modelOf(version));
    for (const rate of before ? version.rates : []) {
      const old = before?.get(rateOf(rate));
      if (old && isLeap(perUnit(old), perUnit(rate))) {
        const of = `${version.provider} / ${version.model}`;
        return `The price of ${rate.unit} of ${of} would go from $${old.usd} to $${rate.usd} for ${String(rate.per)}.`;
      }
    }
  }
  return null;
}

function latestRates(known: readonly PriceVersion[]): Map<string, Map<string, PriceRate>> {
  const latest = new Map<string, Map<string, PriceRate>>();
  const inOrder = [...known].sort((one, other) => one.knownFrom.getTime() - other.knownFrom.getTime());
  for (const version of inOrder) {
    const rates = latest.get(modelOf(version)) ?? new Map<string, PriceRate>();
    for (const rate of version.rates) rates.set(rateOf(rate), rate);
    latest.set(modelOf(version), rates);
  }
  return latest;
}

function perUnit({ usd, per }: PriceRate): Usd {
  return new Usd(usd).div(per);
}

/** To or from nothing is a leap too: a price that turns 0 makes a bill that nobody believes. */
function isLeap(from: Usd, to: Usd): boolean {
  if (from.isZero() && to.isZero()) return false;
  return from.times(greatestChange).lte(to) || to.times(greatestChange).lte(from);
}

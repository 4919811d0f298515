import { type Bucket, buckets } from "./buckets";
import { Usd } from "./decimal";
import type { PriceRate, PriceVersion } from "./price-version";

/** The fee for the call itself, whatever its tokens (Perplexity). */
export const requestUnit = "request";

interface Tier extends Pick<PriceRate, "tierStart" | "usd" | "per"> {
  usdPerUnit: Usd;
}

/**
 * Why a rate is not quite the bucket's own: the book lists none and another stands in, or it lists other rates for parts
 * of the bucket (images among the tokens) that a call does not tell apart.
 */
export type Estimate = "stand-in" | "blend";

/** What one bucket is priced by. */
export interface BucketRate {
  /** The book's unit that the rate was listed for. */
  unit: string;
  estimate: Estimate | null;
  /** Highest start first. */
  tiers: readonly Tier[];
}

/** A price version, made ready for pricing. */
export interface Rates {
  versionId: string;
  buckets: Readonly<Partial<Record<Bucket, BucketRate>>>;
  request: BucketRate | null;
  /** Lists units that no bucket carries (hours, pages, characters): zero tokens then do not mean zero cost. */
  hasOtherUnits: boolean;
}

interface Source {
  /** The bucket's own unit, then others that bill it at exactly the same rate. */
  exact: readonly string[];
  /** Rates that stand in, marked as estimates. */
  standIns: readonly string[];
  /** Units that hide in this bucket, at rates of their own. */
  hidden: readonly string[];
}

const toolUnits = [
  "web_searches",
  "storage_searches",
  "social_searches",
  "code_executions",
  "rerank_searches",
];

/**
 * Where a bucket's rate comes from. A stand-in never makes up a discount: a cache read without a rate costs what fresh
 * input does. Audio without a rate has none, for text is far cheaper; nor have cache writes, which cost a premium.
 */
const sources: Record<Bucket, Source> = {
  freshInputTokens: {
    exact: ["fresh_input"],
    standIns: [],
    hidden: ["input_image_tokens", "input_video_tokens"],
  },
  cacheReadTokens: { exact: ["cache_read"], standIns: ["fresh_input"], hidden: ["cache_image_read_tokens"] },
  cacheWrite5mTokens: { exact: ["cache_write_5m", "cache_write"], standIns: [], hidden: [] },
  cacheWrite1hTokens: { exact: ["cache_write_1h"], standIns: ["cache_write_5m", "cache_write"], hidden: [] },
  audioInputTokens: { exact: ["audio_input"], standIns: [], hidden: [] },
  visibleOutputTokens: {
    exact: ["visible_output"],
    standIns: [],
    hidden: ["output_image_tokens", "output_video_tokens", "output_citation_tokens"],
  },
  reasoningTokens: { exact: ["reasoning", "visible_output"], standIns: [], hidden: [] },
  audioOutputTokens: { exact: ["audio_output"], standIns: [], hidden: [] },
  toolUnits: { exact: ["tool_unit"], standIns: [], hidden: [] },
};

const countedUnits = new Set([
  ...Object.values(sources).flatMap((source) => [...source.exact, ...source.standIns, ...source.hidden]),
  ...toolUnits,
  requestUnit,
  "cache_audio_read_tokens",
]);

/** Resolves every bucket's rate once, so that pricing a call is a handful of multiplications. */
export function ratesOf(version: Pick<PriceVersion, "id" | "rates">): Rates {
  const units = [...new Set(version.rates.map(({ unit }) => unit))];
  const tiers = new Map(
    units.map((unit) => [unit, tiersOf(version.rates.filter((rate) => rate.unit === unit))]),
  );
  const resolved: Partial<Record<Bucket, BucketRate>> = {};
  for (const bucket of buckets) {
    const rate = bucketRate(sources[bucket], tiers) ?? (bucket === "toolUnits" ? onlyTool(tiers) : null);
    if (rate) resolved[bucket] = rate;
  }
  const request = tiers.get(requestUnit);
  return {
    versionId: version.id,
    buckets: resolved,
    request: request ? { unit: requestUnit, estimate: null, tiers: request } : null,
    hasOtherUnits: units.some((unit) => !countedUnits.has(unit)),
  };
}

/** The tier that a call of so much input reaches; the last one starts at zero. */
export function tierFor(rate: BucketRate, totalInputTokens: number): Tier | undefined {
  return rate.tiers.find(({ tierStart }) => totalInputTokens >= tierStart);
}

function tiersOf(rates: readonly PriceRate[]): Tier[] {
  return rates
    .map(({ tierStart, usd, per }) => ({ tierStart, usd, per, usdPerUnit: new Usd(usd).div(per) }))
    .sort((one, other) => other.tierStart - one.tierStart);
}

function bucketRate(source: Source, tiers: ReadonlyMap<string, Tier[]>): BucketRate | null {
  const isBlend = source.hidden.some((unit) => tiers.has(unit));
  for (const unit of [...source.exact, ...source.standIns]) {
    const found = tiers.get(unit);
    if (found)
      return {
        unit,
        tiers: found,
        estimate: !source.exact.includes(unit) ? "stand-in" : isBlend ? "blend" : null,
      };
  }
  return null;
}

/** Tool units do not say which tool: with one tool's rate in the list it is likely that, with several it is a guess. */
function onlyTool(tiers: ReadonlyMap<string, Tier[]>): BucketRate | null {
  const [unit, ...others] = toolUnits.filter((name) => tiers.has(name));
  const found = unit === undefined || others.length > 0 ? undefined : tiers.get(unit);
  return unit !== undefined && found ? { unit, tiers: found, estimate: "stand-in" } : null;
}

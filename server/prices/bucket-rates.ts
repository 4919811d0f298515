import { type Bucket, buckets } from "./buckets";
import { Usd } from "./decimal";
import type { PriceRate, PriceVersion } from "./price-version";
import { type Service, services } from "./service";

/** The fee for the call itself, whatever its tokens (Perplexity). */
export const requestUnit = "request";

interface Tier extends Pick<PriceRate, "tierStart" | "usd" | "per"> {
  usdPerUnit: Usd;
  /** "0.5" where the standard rate stands in for a batch. */
  factor: "1" | "0.5";
  /** Set where the standard rate stands in for the service that was bought. */
  estimate: "halved" | "service" | null;
}

/**
 * Why a rate is not quite the bucket's own: the book lists none and another stands in (that of another bucket, or of the
 * standard service), or it lists other rates for parts of the bucket (images among the tokens) that a call does not tell
 * apart.
 */
export type Estimate = "stand-in" | "blend" | "halved" | "service";

/** What one bucket, or one unit, is priced by. */
export interface BucketRate {
  /** The book's unit that the rate was listed for. */
  unit: string;
  isStandIn: boolean;
  /** Units with rates of their own that may hide among this bucket's. */
  hidden: readonly string[];
  /** A fee for what was done rather than for how much: no service discounts it. */
  isFee: boolean;
  /** Highest start first. */
  tiers: readonly Tier[];
}

/** What a call of one service is priced by. */
export interface ServiceRates {
  buckets: Readonly<Partial<Record<Bucket, BucketRate>>>;
  request: BucketRate | null;
  /** Units that no bucket carries, by the book's name. */
  others: ReadonlyMap<string, BucketRate>;
  /** Lists units that no bucket counts (hours, pages, characters): zero tokens then do not mean zero cost. */
  hasOtherUnits: boolean;
}

/** A price version, made ready for pricing. */
export interface Rates extends Readonly<Record<Service, ServiceRates>> {
  versionId: string;
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

const bucketUnits = new Set([requestUnit, ...Object.values(sources).flatMap(({ exact }) => exact)]);
const fees = new Set([requestUnit, "tool_unit", ...toolUnits]);
const countedUnits = new Set([
  ...Object.values(sources).flatMap((source) => [...source.exact, ...source.standIns, ...source.hidden]),
  ...toolUnits,
  requestUnit,
  "cache_audio_read_tokens",
]);

type Listed = Pick<PriceVersion, "id" | "rates">;
type TiersByUnit = ReadonlyMap<string, readonly Tier[]>;

/** Whether a version has rates of its own for a service; what it lacks of it the standard rates stand in for. */
export function listsService(version: Pick<PriceVersion, "rates">, service: Service): boolean {
  return version.rates.some((rate) => rate.service === service);
}

/** Resolves every bucket's rate once, so that pricing a call is a handful of multiplications. */
export function ratesOf(version: Listed): Rates {
  const own = Object.fromEntries(
    services.map((service) => [
      service,
      tiersByUnit(version.rates.filter((rate) => rate.service === service)),
    ]),
  ) as Record<Service, TiersByUnit>;
  const resolved = services.map((service) => [
    service,
    service === "standard" ? resolve(own.standard, own.standard) : resolveService(service, own),
  ]);
  return { versionId: version.id, ...(Object.fromEntries(resolved) as Record<Service, ServiceRates>) };
}

/** The tier that a call of so much input reaches; the last one starts at zero. */
export function tierFor(rate: BucketRate, totalInputTokens: number): Tier | undefined {
  return rate.tiers.find(({ tierStart }) => totalInputTokens >= tierStart);
}

function tiersByUnit(rates: readonly PriceRate[]): TiersByUnit {
  const units = [...new Set(rates.map(({ unit }) => unit))];
  return new Map(units.map((unit) => [unit, tiersOf(rates.filter((rate) => rate.unit === unit))]));
}

function tiersOf(rates: readonly PriceRate[]): Tier[] {
  return rates
    .map(({ tierStart, usd, per }): Tier => {
      return { tierStart, usd, per, usdPerUnit: new Usd(usd).div(per), factor: "1", estimate: null };
    })
    .sort((one, other) => other.tierStart - one.tierStart);
}

function resolveService(
  service: Exclude<Service, "standard">,
  own: Record<Service, TiersByUnit>,
): ServiceRates {
  const units = new Set([...own[service].keys(), ...own.standard.keys()]);
  const merged = [...units].map((unit): [string, readonly Tier[]] => {
    const lent = (own.standard.get(unit) ?? []).map((tier) => (fees.has(unit) ? tier : lend(tier, service)));
    return [unit, mergeTiers(own[service].get(unit) ?? [], lent)];
  });
  return resolve(new Map(merged), own[service]);
}

/** A standard rate as it stands in for another service: what providers usually take off a batch, else as it is. */
function lend(tier: Tier, service: Exclude<Service, "standard">): Tier {
  if (service !== "batch") return { ...tier, estimate: "service" };
  return { ...tier, factor: "0.5", estimate: "halved" };
}

/** A service's own tiers, and beyond them those of the standard service; a longer input never becomes cheaper by it. */
function mergeTiers(own: readonly Tier[], lent: readonly Tier[]): readonly Tier[] {
  const [top] = own;
  const bottom = own.at(-1);
  if (!top || !bottom) return lent;
  const above = lent.filter((tier) => tier.tierStart > top.tierStart && effective(tier).gt(effective(top)));
  const below = lent.filter((tier) => tier.tierStart < bottom.tierStart);
  return [...above, ...own, ...below];
}

function effective(tier: Tier): Usd {
  return tier.usdPerUnit.times(tier.factor);
}

/** @param listed what the service lists itself; the rest of `tiers` is lent to it */
function resolve(tiers: TiersByUnit, listed: TiersByUnit): ServiceRates {
  const resolved: Partial<Record<Bucket, BucketRate>> = {};
  for (const bucket of buckets) {
    const rate =
      bucketRate(sources[bucket], tiers, listed) ?? (bucket === "toolUnits" ? onlyTool(tiers) : null);
    if (rate) resolved[bucket] = rate;
  }
  const units = [...tiers.keys()];
  const request = tiers.get(requestUnit);
  return {
    buckets: resolved,
    request: request ? exactly(requestUnit, request) : null,
    others: new Map(
      [...tiers].filter(([unit]) => !bucketUnits.has(unit)).map(([unit, own]) => [unit, exactly(unit, own)]),
    ),
    hasOtherUnits: units.some((unit) => !countedUnits.has(unit)),
  };
}

function exactly(unit: string, tiers: readonly Tier[]): BucketRate {
  return { unit, tiers, isStandIn: false, hidden: [], isFee: fees.has(unit) };
}

function bucketRate(source: Source, tiers: TiersByUnit, listed: TiersByUnit): BucketRate | null {
  const hidden = source.hidden.filter((unit) => tiers.has(unit));
  // What the service lists itself goes before what it is lent, and the bucket's own units before those that stand in.
  for (const units of [source.exact, source.standIns]) {
    const unit = units.find((name) => listed.has(name)) ?? units.find((name) => tiers.has(name));
    const found = unit === undefined ? undefined : tiers.get(unit);
    if (unit !== undefined && found) {
      return { ...exactly(unit, found), hidden, isStandIn: units === source.standIns };
    }
  }
  return null;
}

/** Tool units do not say which tool: with one tool's rate in the list it is likely that, with several it is a guess. */
function onlyTool(tiers: TiersByUnit): BucketRate | null {
  const [unit, ...others] = toolUnits.filter((name) => tiers.has(name));
  const found = unit === undefined || others.length > 0 ? undefined : tiers.get(unit);
  return unit !== undefined && found ? { ...exactly(unit, found), isStandIn: true } : null;
}

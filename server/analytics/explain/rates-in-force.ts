import { listedRates, type Stretch, stretchesOf } from "@/server/contracts/stretches";
import type { Layer, TenantBook } from "@/server/contracts/tenant-book";
import { Usd, usdText } from "@/server/prices/decimal";
import type { PriceRate } from "@/server/prices/price-version";
import type { Used } from "./used-models-query";

/** A part of the range in which no price of the models at hand changes, and what they were used for in it. */
export interface UsedSegment {
  from: Date;
  to: Date;
  used: readonly Used[];
}

export interface RatesInForce {
  provider: string;
  model: string;
  /** Instants between which they held for calls of the range; `to` is exclusive. */
  from: string;
  to: string;
  calls: number;
  costUsd: string;
  unpricedCalls: number;
  /** Null: nobody knows a price. */
  price: {
    layer: Layer;
    versionId: string;
    source: string;
    sourceVersion: string;
    /** Of the version: instants; null is open. */
    validFrom: string | null;
    validTo: string | null;
    /** Since when the version is known here. */
    knownFrom: string;
    /** Of a contract for one feature alone. */
    feature: string | null;
    /** USD for `per` units, before the factor. */
    rates: readonly PriceRate[];
    /** The discount or markup on them, "1" without. */
    factor: string;
    /** What was noted with the contract or the discount. */
    note: string;
  } | null;
}

const quarterMs = 15 * 60_000;

/** Instants within the range at which a price of these models changes, each at the start of its quarter hour, in order. */
export function priceChanges(
  book: TenantBook,
  used: readonly Used[],
  range: { from: Date; to: Date },
): Date[] {
  const stretchesFor = rememberedStretches(book);
  const instants = used.flatMap((each) => stretchesFor(each).flatMap(({ from }) => from?.getTime() ?? []));
  const slots = instants.map((ms) => Math.floor(ms / quarterMs) * quarterMs);
  return [...new Set(slots)]
    .filter((ms) => ms > range.from.getTime() && ms < range.to.getTime())
    .sort((one, other) => one - other)
    .map((ms) => new Date(ms));
}

/** The price versions that held for what was used, the dearest first. */
export function ratesInForce(book: TenantBook, segments: readonly UsedSegment[]): RatesInForce[] {
  const stretchesFor = rememberedStretches(book);
  const found = new Map<string, RatesInForce>();
  for (const { from, to, used } of segments) {
    for (const each of used) {
      const price = priceBefore(to, stretchesFor(each));
      const key = JSON.stringify([each.provider, each.model, price?.versionId, price?.ruleId]);
      const known = found.get(key);
      found.set(key, {
        provider: each.provider,
        model: each.model,
        from: known?.from ?? from.toISOString(),
        to: to.toISOString(),
        calls: (known?.calls ?? 0) + each.calls,
        costUsd: usdText(new Usd(known?.costUsd ?? 0).plus(each.costUsd)),
        unpricedCalls: (known?.unpricedCalls ?? 0) + each.unpricedCalls,
        price: known ? known.price : price && versionFacts(book, price),
      });
    }
  }
  return [...found.values()].sort(
    (one, other) => new Usd(other.costUsd).cmp(one.costUsd) || other.calls - one.calls,
  );
}

/** What the rates cannot say for want of detail in the roll-ups, in sentences. */
export function notesOnRates(book: TenantBook, used: readonly Used[], hasChanges: boolean): string[] {
  const models = [...new Map(used.map((each) => [`${each.provider}\n${each.model}`, each])).values()];
  const named = (isMeant: (each: Used) => boolean) => models.filter(isMeant).map(({ model }) => model);
  const byRegion = named((each) => book.saidOf(each).contracts.some(({ region, withdrawnFrom }) => region !== null && withdrawnFrom === null)); // prettier-ignore
  const byHour = named((each) => book.saidOf(each).listed.some(({ version }) => version.dailyFrom !== null));
  return [
    "Sums do not keep the price version of each call: these are the rates in force in the range, by what is known now, at standard service. A call's own formula is in its details.",
    ...(hasChanges
      ? ["Calls of the quarter hour in which a price changed are counted with the newer one."]
      : []),
    ...(byRegion.length > 0
      ? [
          `Your contract has other rates for some regions, which sums do not tell apart: ${byRegion.join(", ")}.`,
        ]
      : []),
    ...(byHour.length > 0
      ? [`The list has other rates at some hours of the day: ${byHour.join(", ")}.`]
      : []),
  ];
}

function rememberedStretches(book: TenantBook): (used: Used) => readonly Stretch[] {
  const known = new Map<string, readonly Stretch[]>();
  return ({ provider, model, feature }) => {
    const key = JSON.stringify([provider, model, feature]);
    const found = known.get(key) ?? stretchesOf(book, { provider, model }, { feature, region: null });
    known.set(key, found);
    return found;
  };
}

/** What held at the end of a segment: a change within its first quarter hour has happened by then. */
function priceBefore(end: Date, stretches: readonly Stretch[]): Stretch["price"] {
  const last = end.getTime() - 1;
  const isThen = ({ from, to }: Stretch) =>
    (from === null || from.getTime() <= last) && (to === null || last < to.getTime());
  return stretches.find(isThen)?.price ?? null;
}

function versionFacts(
  book: TenantBook,
  { layer, versionId, ruleId, factor }: NonNullable<Stretch["price"]>,
): NonNullable<RatesInForce["price"]> {
  const contract = book.contract(versionId);
  const listed = book.book.find(versionId);
  const version = contract ?? listed;
  if (!version) throw new Error(`A price without its version: ${versionId}`);
  return {
    layer,
    versionId,
    source: listed?.source ?? "contract",
    sourceVersion: listed?.sourceVersion ?? "",
    validFrom: version.validFrom?.toISOString() ?? null,
    validTo: version.validTo?.toISOString() ?? null,
    knownFrom: version.knownFrom.toISOString(),
    feature: contract?.feature ?? null,
    rates: listedRates(book, versionId),
    factor,
    note: contract?.note ?? (ruleId === null ? "" : (book.rule(ruleId)?.note ?? "")),
  };
}

import type { TenantBook } from "@/server/contracts/tenant-book";
import { type BucketRate, type Rates, requestUnit, tierFor } from "@/server/prices/bucket-rates";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { Usd, usdDecimals } from "@/server/prices/decimal";
import { namesOf } from "@/server/prices/match-model";
import { type Service, serviceOf } from "@/server/prices/service";
import type { StatementUsage } from "./usage-queries";

/** What some units of a row of usage cost, and by what rate. */
export interface PricedPart {
  /** A bucket of tokens, or the fee for each request. */
  bucket: Bucket | typeof requestUnit;
  /** The price book's unit. */
  unit: string;
  units: Usd;
  per: number;
  /** The total input from which the rate holds. */
  tierStart: number;
  /** USD for `per` units: as the version lists it, … */
  usd: string;
  /** … times this: half for a batch without a price of its own, and what the tenant's discount leaves. */
  factor: string;
  costUsd: Usd;
  /** What it would have cost by the price list alone: `listUsd` for `per` units. */
  listUsd: Usd;
  listCostUsd: Usd;
}

/**
 * Why a row's amount is not all units times rates. rounding: each call was rounded at 18 decimals; reported: the sender's own
 * amount; units: quantities besides tokens (searches, seconds); share: parts of calls that served several, split by weight;
 * whole: a line of a statement that is not kept by price; unknown: none of these.
 */
export type RestKind = "none" | "rounding" | "reported" | "units" | "share" | "whole" | "unknown";

export interface PricedUsage {
  service: Service;
  parts: PricedPart[];
  /** Amount less parts. */
  restUsd: Usd;
  rest: RestKind;
}

/** More than all calls of a row can have been rounded by. */
export const mostRounding = new Usd("1e-9");
/** Amounts that rest on rates. */
const byRates = new Set(["priced", "estimated", "partial"]);

/** Splits a row's amount by the rates that its calls were stored with. Parts and rest add up to it, at 18 decimals. */
export function priceParts(book: TenantBook, row: StatementUsage): PricedUsage {
  const { service } = serviceOf(row);
  const rates =
    byRates.has(row.basis) && row.priceVersionId !== null ? book.version(row.priceVersionId) : null;
  const parts = rates ? partsOf(book, row, rates, service) : [];
  const restUsd = parts.reduce((left, { costUsd }) => left.minus(costUsd), new Usd(row.costUsd));
  return { service, parts, restUsd, rest: restKind(row, restUsd, rates !== null) };
}

function partsOf(book: TenantBook, row: StatementUsage, rates: Rates, service: Service): PricedPart[] {
  const rule = row.priceRuleId === null ? "1" : (book.rule(row.priceRuleId)?.factor ?? "1");
  const list = listRates(book, row, service);
  const parts: PricedPart[] = [];
  const add = (
    bucket: PricedPart["bucket"],
    units: Usd,
    rateOf: (of: Rates) => BucketRate | null | undefined,
  ) => {
    const rate = rateOf(rates);
    const tier = rate ? tierFor(rate, row.tierStart) : undefined;
    if (!rate || !tier || units.isZero()) return;
    const listed = list ? rateOf(list) : null;
    const listTier = (listed ? tierFor(listed, row.tierStart) : undefined) ?? tier;
    const factor = new Usd(tier.factor).times(rule);
    const listUsd = listTier.usdPerUnit.times(listTier.factor).times(tier.per);
    const cost = (usd: Usd) => usd.times(units).div(tier.per).toDecimalPlaces(usdDecimals);
    parts.push({
      bucket,
      unit: rate.unit,
      units,
      per: tier.per,
      tierStart: tier.tierStart,
      usd: tier.usd,
      factor: factor.toFixed(),
      costUsd: cost(factor.times(tier.usd)),
      listUsd,
      listCostUsd: cost(listUsd),
    });
  };
  for (const bucket of buckets) add(bucket, new Usd(row[bucket]), (of) => of[service].buckets[bucket]);
  // A share of a call bears a share of its fee, which no count of calls tells.
  if (!row.isShare) add(requestUnit, new Usd(row.calls), (of) => of[service].request);
  return parts;
}

/** What everybody pays: of calls by contract, what the lists say of their model on that day. */
function listRates(book: TenantBook, row: StatementUsage, service: Service): Rates | null {
  if (row.priceVersionId === null || row.day === null) return null;
  if (!book.contract(row.priceVersionId)) return book.version(row.priceVersionId);
  const listed = book.book.inForce(namesOf(row), new Date(`${row.day}T12:00:00Z`), service);
  return listed && book.book.rates(listed.version);
}

function restKind(row: StatementUsage, restUsd: Usd, hasRates: boolean): RestKind {
  if (restUsd.isZero()) return "none";
  if (row.basis === "whole") return "whole";
  if (row.basis === "reported") return "reported";
  if (hasRates && row.hasUnits) return "units";
  if (hasRates && row.isShare) return "share";
  return hasRates && restUsd.abs().lt(mostRounding) ? "rounding" : "unknown";
}

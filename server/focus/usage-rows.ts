import { tokenBuckets } from "@/server/prices/buckets";
import { Usd, usdText } from "@/server/prices/decimal";
import type { PricedPart, PricedUsage } from "@/server/statements/priced-parts";
import type { StatementUsage } from "@/server/statements/usage-queries";
import { type FocusRow, nothingMore } from "./columns";
import { meters, pricingUnit, publisherName, unitName } from "./names";
import { type FocusScene, periodOfDay, periodOfMonth, providerColumns } from "./scene";

type Amounts = Pick<FocusRow, "BilledCost" | "ContractedCost" | "EffectiveCost" | "ListCost">;

/**
 * The rows of some usage: one for each class of tokens, at the price of that class; one for what no rate explains, by the
 * dollar; and one without a price for calls that used nothing. Calls are counted on the first.
 */
export function usageRows(scene: FocusScene, row: StatementUsage, priced: PricedUsage): FocusRow[] {
  const shared = columnsOf(scene, row);
  const rows = amountsOf(row, priced).map((made): FocusRow => ({ ...shared, ...made }));
  const [first] = rows;
  if (first) {
    first.x_CallCount = row.calls;
    first.x_UnpricedCallCount = row.unpricedCalls;
  }
  return rows;
}

function columnsOf(scene: FocusScene, row: StatementUsage) {
  const isCorrection = row.kind === "late";
  const provider = providerColumns(scene, row.provider);
  const isOwn = row.kind === "usage";
  return {
    ...nothingMore,
    ...scene.period,
    ...provider,
    ...(row.day === null ? periodOfMonth(scene, row.ofMonth, isOwn) : periodOfDay(scene, row.day, isOwn)),
    PublisherName: publisherName(provider.ProviderName, row.model),
    ChargeCategory: "Usage",
    ChargeClass: isCorrection ? "Correction" : null,
    ChargeDescription: row.model || null,
    ChargeFrequency: "Usage-Based",
    ServiceCategory: "AI and Machine Learning",
    ServiceSubcategory: "Generative AI",
    ServiceName: `${provider.ProviderName} API`,
    Tags: tagsOf(row),
    x_AccountId: row.accountId || null,
    x_CostBasis: row.basis,
    x_Environment: row.environment || null,
    x_Feature: row.feature || null,
    x_Model: row.model || null,
    x_PriceVersionId: row.priceVersionId,
    x_Team: row.team || null,
    PricingCategory: "Standard",
  };
}

/** Tags of whoever sent the calls; null where there are none. */
export function tagsOf(
  row: Pick<StatementUsage, "accountId" | "team" | "feature"> & { environment?: string },
) {
  const tags = {
    account: row.accountId,
    environment: row.environment ?? "",
    feature: row.feature,
    team: row.team,
  };
  const set = Object.entries(tags).filter(([, value]) => value !== "");
  return set.length > 0 ? JSON.stringify(Object.fromEntries(set)) : null;
}

type Made = Amounts & Partial<FocusRow>;

function amountsOf(row: StatementUsage, { service, parts, restUsd, rest }: PricedUsage): Made[] {
  const skuOf = (meter: string) => `${row.provider || "unknown"}/${row.model || "unknown"}/${meter}`;
  const same = (usd: Usd): Amounts => {
    const cost = usdText(usd);
    return { BilledCost: cost, ContractedCost: cost, EffectiveCost: cost, ListCost: cost };
  };
  // Parts of a split call are no whole units at a rate: their amount is told by the dollar.
  if (row.isShare && rest === "share") {
    return [byTheDollar(row, new Usd(row.costUsd), "share", skuOf, same)];
  }
  const largest = parts.reduce<PricedPart | null>((most, part) => (!most || part.costUsd.gt(most.costUsd) ? part : most), null); // prettier-ignore
  const rows = parts.map((part): Made => {
    const meter = meters[part.bucket];
    // Roundings of single calls, some 1e-18 USD, are no charge of their own.
    const cost = part === largest && rest === "rounding" ? part.costUsd.plus(restUsd) : part.costUsd;
    return {
      ...same(cost),
      ListCost: usdText(part.listCostUsd),
      ChargeDescription: `${row.model}: ${meter.toLowerCase()}${service === "standard" ? "" : ` (${service})`}`,
      ConsumedQuantity: part.units.toFixed(),
      ConsumedUnit: unitName(part.bucket),
      PricingQuantity: usdText(part.units.div(part.per)),
      PricingUnit: pricingUnit(part.bucket, part.per),
      ContractedUnitPrice: usdText(new Usd(part.usd).times(part.factor)),
      ListUnitPrice: usdText(part.listUsd),
      SkuId: skuOf(meter),
      SkuMeter: meter,
      SkuPriceId: `${skuOf(meter)}/${service}/${String(part.tierStart)}`,
    };
  });
  const others = unpricedTokens(row, parts, skuOf, same, service);
  rows.push(...others);
  const isLeft = rest !== "none" && !(rest === "rounding" && largest);
  if (isLeft) rows.push(byTheDollar(row, restUsd, rest, skuOf, same));
  // Of a call that served several, only the first share is a call.
  if (rows.length > 0 || new Usd(row.calls).isZero()) return rows;
  return [
    {
      ...same(new Usd(0)),
      ...priceless(row.calls, "Requests", skuOf("Requests"), "Requests"),
      ChargeDescription: `${row.model || "Calls"}: without usage`,
    },
  ];
}

/** Tokens without a rate, or that cost nothing: how many there were must not be lost. */
function unpricedTokens(
  row: StatementUsage,
  parts: readonly PricedPart[],
  skuOf: (meter: string) => string,
  same: (usd: Usd) => Amounts,
  service: string,
): Made[] {
  if (row.basis === "reported" || row.basis === "whole") return [];
  const isPriced = new Set<string>(parts.map(({ bucket }) => bucket));
  return ([...tokenBuckets, "toolUnits"] as const)
    .filter((bucket) => !isPriced.has(bucket) && !new Usd(row[bucket]).isZero())
    .map((bucket) => ({
      ...same(new Usd(0)),
      ...priceless(row[bucket], unitName(bucket), skuOf(meters[bucket]), meters[bucket]),
      ChargeDescription: `${row.model || "Calls"}: ${meters[bucket].toLowerCase()}, ${
        row.basis === "free" ? "not billed" : "of which nobody knows a price"
      }`,
      SkuPriceId: `${skuOf(meters[bucket])}/${service}/none`,
    }));
}

const priceless = (quantity: string, unit: string, sku: string, meter: string) => ({
  ConsumedQuantity: quantity,
  ConsumedUnit: unit,
  PricingQuantity: quantity,
  PricingUnit: unit,
  ContractedUnitPrice: "0",
  ListUnitPrice: "0",
  SkuId: sku,
  SkuMeter: meter,
  SkuPriceId: `${sku}/none`,
});

const dollarMeters: Record<string, [meter: string, words: string]> = {
  reported: ["Amount as reported", "the sender's own amount"],
  units: ["Other units", "quantities besides tokens (searches, seconds)"],
  share: ["Share of a call", "a part of calls that served several, split by weight"],
  whole: ["Usage", "as stated, not kept by price"],
  unknown: ["Unexplained amount", "that no rate explains"],
};

/** An amount that is no product of tokens and a rate: so many dollars, at a dollar each. */
function byTheDollar(
  row: StatementUsage,
  usd: Usd,
  kind: string,
  skuOf: (meter: string) => string,
  same: (usd: Usd) => Amounts,
): Made {
  const [meter, words] = dollarMeters[kind] ?? ["Unexplained amount", "that no rate explains"];
  const tokens = tokenBuckets.reduce((sum, bucket) => sum.plus(row[bucket]), new Usd(0));
  const consumed: [Usd, string] = tokens.gt(0) ? [tokens, "Tokens"] : [new Usd(row.calls), "Requests"];
  const [quantity, unit] = consumed[0].gt(0) ? consumed : [usd.abs(), "Units"];
  return {
    ...same(usd),
    ChargeDescription: `${row.model || "Calls"}: ${words}`,
    ConsumedQuantity: usdText(quantity),
    ConsumedUnit: unit,
    PricingQuantity: usdText(usd),
    PricingUnit: "Units",
    ContractedUnitPrice: "1",
    ListUnitPrice: "1",
    SkuId: skuOf(meter),
    SkuMeter: meter,
    SkuPriceId: `${skuOf(meter)}/usd`,
  };
}

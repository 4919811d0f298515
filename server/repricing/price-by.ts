import { priceStored } from "@/server/contracts/price-stored";
import type { CallFacts, TenantBook } from "@/server/contracts/tenant-book";
import type { PriceOf, StoredCall } from "./stored-call";

function factsOf(call: StoredCall): CallFacts {
  const { freshInputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens, audioInputTokens } =
    call;
  const { visibleOutputTokens, reasoningTokens, audioOutputTokens, toolUnits } = call;
  return {
    kind: call.kind,
    provider: call.provider,
    model: call.model,
    feature: call.feature,
    region: call.region,
    errorClass: call.errorClass,
    occurredAt: new Date(call.occurredAt),
    billed: call.billed,
    cache: call.cache,
    batch: call.batch,
    serviceTier: call.serviceTier,
    otherUnits: call.otherUnits ?? {},
    reportedCostUsd: call.reportedCostUsd,
    units: {
      freshInputTokens,
      cacheReadTokens,
      cacheWrite5mTokens,
      cacheWrite1hTokens,
      audioInputTokens,
      visibleOutputTokens,
      reasoningTokens,
      audioOutputTokens,
      toolUnits,
    },
  };
}

/** Prices by that book. Null: the row keeps the price that it has. */
export function priceBy(book: TenantBook): PriceOf {
  return (call) => priceStored(book, factsOf(call));
}

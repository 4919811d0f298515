import { toBuckets } from "@/server/calls/token-buckets";
import type { TenantBook } from "@/server/contracts/tenant-book";
import { DomainError } from "@/server/errors";
import { totalInputTokens, totalOutputTokens } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import { matchModel } from "@/server/prices/match-model";
import type { CostOf } from "./schemas";

export interface Estimate {
  /** USD; null: nobody knows a price. A price that is known in part counts as far as it is known. */
  usd: Usd | null;
  tokens: number;
  model: string;
}

/**
 * What a call will cost or did: the amount that was said, else its usage at the tenant's rates of now.
 * @throws DomainError INVALID_INPUT for parts that are more than their total
 */
export function estimate(book: TenantBook, cost: CostOf, feature: string | null, now: Date): Estimate {
  const { usage = {}, model = "" } = cost;
  const split = toBuckets(usage);
  if (!split.ok)
    throw new DomainError("INVALID_INPUT", `${split.field}: ${split.message}`, { field: split.field });
  const { units } = split;
  const tokens = totalInputTokens(units) + totalOutputTokens(units);
  if (cost.costUsd !== undefined) return { usd: new Usd(cost.costUsd), tokens, model };
  const { costUsd } = book.price({
    kind: "llm",
    provider: cost.provider ?? matchModel("", model)?.provider ?? "",
    model,
    feature,
    region: null,
    errorClass: null,
    occurredAt: now,
    units,
    otherUnits: usage.units ?? {},
    billed: "yes",
    cache: "none",
    batch: cost.batch,
    serviceTier: cost.serviceTier ?? null,
    reportedCostUsd: null,
  });
  return { usd: costUsd === null ? null : new Usd(costUsd), tokens, model };
}

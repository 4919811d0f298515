import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Rates } from "@/server/prices/bucket-rates";
import { tierFor } from "@/server/prices/bucket-rates";
import type { Bucket } from "@/server/prices/buckets";
import { buckets } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import { type Service, serviceOf } from "@/server/prices/service";
import type { LedgerRow } from "./ledger-query";
import { isBilledBy, modelKeyOf } from "./model-key";
import type { TokenClass } from "./schemas";

/** What the ledger has of one day, model, class and service. */
export interface LedgerCell {
  day: string;
  model: string;
  isKnown: boolean;
  tokenClass: TokenClass;
  service: string;
  tokens: Usd;
  /** Of these, those whose price nobody knows. */
  unpriced: Usd;
  /** Of these, reasoning, which bills count as output. */
  reasoning: Usd;
  costUsd: Usd;
}

/** Bills tell reasoning from no other output. */
const classOf: Record<Bucket, TokenClass> = {
  freshInputTokens: "input",
  cacheReadTokens: "cache_read",
  cacheWrite5mTokens: "cache_write_5m",
  cacheWrite1hTokens: "cache_write_1h",
  audioInputTokens: "audio_input",
  visibleOutputTokens: "output",
  reasoningTokens: "output",
  audioOutputTokens: "audio_output",
  toolUnits: "tool",
};
/** What an amount may differ by from its parts because each call was rounded at 18 decimals. */
const roundings = new Usd("1e-9");

/** Total input at which rates change, ascending: calls beyond it are at other rates. */
export function tierStartsOf(
  book: TenantBook,
  models: readonly { provider: string; model: string }[],
): number[] {
  const starts = models.flatMap((name) => {
    const { contracts, listed } = book.saidOf(name);
    return [...contracts, ...listed.map(({ version }) => version)].flatMap(({ rates }) =>
      rates.map(({ tierStart }) => tierStart).filter((start) => start > 0),
    );
  });
  return [...new Set(starts)].sort((one, other) => one - other);
}

/** USD for one unit, as a service sells it; null: nobody knows. */
export function unitRate(rates: Rates, service: Service, bucket: Bucket, totalInput: number): Usd | null {
  const rate = rates[service].buckets[bucket];
  const tier = rate && tierFor(rate, totalInput);
  return tier ? tier.usdPerUnit.times(tier.factor) : null;
}

/**
 * The ledger's amounts by class, worked out by the rates that each call was stored with. They add up to the stored amounts
 * exactly: what no token explains (fees, tools, amounts as the sender had them) is of the class "tool".
 */
export function ledgerCells(
  book: TenantBook,
  provider: string,
  rows: readonly LedgerRow[],
  tierStarts: readonly number[],
): LedgerCell[] {
  const cells = new Map<string, LedgerCell>();
  const bands = [0, ...tierStarts];
  for (const row of rows) {
    if (!isBilledBy(provider, row.provider)) continue;
    const rates = row.priceVersionId === null ? null : book.version(row.priceVersionId);
    const factor = (row.priceRuleId === null ? null : book.rule(row.priceRuleId)?.factor) ?? "1";
    const { service } = serviceOf(row);
    const name = modelKeyOf(row.provider, row.model);
    const cellOf = (tokenClass: TokenClass) => {
      const of = tokenClass === "tool" ? { model: "", service: "", isKnown: true } : { model: name.key, service, isKnown: name.isKnown }; // prettier-ignore
      const key = JSON.stringify([row.day, of.model, tokenClass, of.service]);
      const none = { tokens: new Usd(0), unpriced: new Usd(0), reasoning: new Usd(0), costUsd: new Usd(0) };
      const cell = cells.get(key) ?? { day: row.day, tokenClass, ...of, ...none };
      cells.set(key, cell);
      return cell;
    };
    const stored = new Usd(row.costUsd ?? 0);
    const allUnits = buckets.reduce((sum, bucket) => sum.plus(row[bucket]), new Usd(0));
    let left = stored;
    let largest: { cell: LedgerCell; usd: Usd } | null = null;
    for (const bucket of buckets) {
      const units = new Usd(row[bucket]);
      if (units.isZero()) continue;
      const cell = cellOf(classOf[bucket]);
      if (bucket !== "toolUnits") cell.tokens = cell.tokens.plus(units);
      if (bucket === "reasoningTokens") cell.reasoning = cell.reasoning.plus(units);
      if (row.isUnpriced) cell.unpriced = cell.unpriced.plus(units);
      const rate =
        rates && !row.isUnpriced ? unitRate(rates, service, bucket, bands[row.band - 1] ?? 0) : null;
      if (!rate && !row.isReported && !row.isUnpriced) cell.unpriced = cell.unpriced.plus(units);
      // A sender's own amount says nothing of its parts: it is spread over the tokens.
      const part = row.isReported
        ? stored.times(units).div(allUnits)
        : rate && units.times(rate).times(factor);
      if (!part) continue;
      const usd = part.toDecimalPlaces(18);
      cell.costUsd = cell.costUsd.plus(usd);
      left = left.minus(usd);
      if (!largest || usd.gt(largest.usd)) largest = { cell, usd };
    }
    if (left.isZero()) continue;
    const isRounding = largest !== null && left.abs().lte(stored.abs().times(roundings));
    const rest = isRounding && largest ? largest.cell : cellOf("tool");
    rest.costUsd = rest.costUsd.plus(left);
  }
  return [...cells.values()];
}

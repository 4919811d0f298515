import type { TenantBook } from "@/server/contracts/tenant-book";
import { type Bucket, buckets } from "@/server/prices/buckets";
import type { BookModel } from "@/server/prices/match-model";

/** Of a feature's calls, beyond which one model answers everything. */
export const shareOfOneModel = 0.9;
/** A call is small up to so many tokens of output, and of input: what a smaller model is usually trusted with. */
export const smallOutputTokens = 200;
export const smallInputTokens = 4_000;
/** Of the calls of that model, how many have to be small. */
export const shareOfSmall = 0.3;
export const fewestCalls = 100;

/** Names of a provider's smaller model of the same line, by those of the larger ones; the first that the book prices is taken. */
const smaller: readonly { provider: string; larger: RegExp; names: (found: RegExpExecArray) => string[] }[] = [
  // Dated names first lose their date: gpt-4o-2024-08-06.
  { provider: "openai", larger: /^(gpt-(?:4o|4\.1|5|5\.4))(?:-\d{4}-\d\d-\d\d)?$/, names: ([, line = ""]) => [`${line}-mini`] },
  { provider: "openai", larger: /^(o1|o3)(?:-\d{4}-\d\d-\d\d)?$/, names: () => ["o4-mini", "o3-mini"] },
  { provider: "anthropic", larger: /^claude-(?:opus|sonnet)-/, names: () => ["claude-haiku-4-5"] },
  { provider: "google", larger: /^gemini-(\d(?:\.\d)?)-pro(?:-preview)?$/, names: ([, line = ""]) => [`gemini-${line}-flash`, `gemini-${line}-flash-preview`] },
  { provider: "mistral", larger: /^mistral-(?:large|medium)/, names: () => ["mistral-small-latest"] },
  { provider: "x-ai", larger: /^(grok-3)$/, names: ([, line = ""]) => [`${line}-mini`] },
  { provider: "cohere", larger: /^command-(?:r-plus|a)$/, names: () => ["command-r"] },
]; // prettier-ignore

type Asked = Parameters<TenantBook["rates"]>[0];

/** Whether the other model's rates are lower on every bucket that is priced, and known on each. */
export function isCheaperOnAll(
  book: TenantBook,
  call: Asked,
  model: string,
  used: readonly Bucket[],
): boolean {
  const [dear, cheap] = [book.rates(call), book.rates({ ...call, model })];
  if (!dear || !cheap) return false;
  return used.every((bucket) => {
    const mine = dear.rates.standard.buckets[bucket]?.tiers.at(-1);
    const theirs = cheap.rates.standard.buckets[bucket]?.tiers;
    if (!mine || !theirs || theirs.length === 0) return false;
    const rate = mine.usdPerUnit.times(dear.factor);
    return theirs.every((tier) => tier.usdPerUnit.times(cheap.factor).lt(rate));
  });
}

/**
 * A cheaper model of the same provider that the tenant's price book knows: one that the tenant uses already (that of most
 * calls), else the provider's smaller one of the same line. Null: none is known.
 * @param inUse other models of the provider that answered calls, those of most calls first
 */
export function cheaperModel(
  book: TenantBook,
  call: Asked,
  used: readonly Bucket[],
  inUse: readonly BookModel[],
): { model: string; isInUse: boolean } | null {
  const isFit = (model: string) => model !== call.model && isCheaperOnAll(book, call, model, used);
  const ofTenant = inUse.find(({ provider, model }) => provider === call.provider && isFit(model));
  if (ofTenant) return { model: ofTenant.model, isInUse: true };
  for (const { provider, larger, names } of smaller) {
    const found = provider === call.provider ? larger.exec(call.model) : null;
    const model = found && names(found).find(isFit);
    if (model !== null && model !== undefined) return { model, isInUse: false };
  }
  return null;
}

/** Buckets that any of the calls used. */
export const usedBuckets = (sums: Readonly<Record<Bucket, number>>): Bucket[] =>
  buckets.filter((bucket) => sums[bucket] > 0);

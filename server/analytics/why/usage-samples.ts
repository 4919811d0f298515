import { type Bucket, buckets } from "@/server/prices/buckets";
import { Usd, usdText } from "@/server/prices/decimal";
import type { WhyMeasure } from "../why-schemas";
import type { ListedRates } from "./listed-rates";
import { fromDecimal } from "./fixed";
import { causesOf, told } from "./parts";
import { splitChange } from "./split-change";
import type { RatesOf } from "./split-work";
import type { Usage } from "./usage";

const none = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
type Rates = Partial<Record<Bucket, string>>;
const listed = (rates: Rates): ListedRates => ({
  buckets: Object.fromEntries(Object.entries(rates).map(([bucket, usd]) => [bucket, fromDecimal(usd)])),
  request: null,
});
/** USD a token; whole multiples of a millionth keep the cases readable. */
const large: Rates = {
  freshInputTokens: "0.000010",
  cacheReadTokens: "0.000001",
  visibleOutputTokens: "0.000040",
};
const small: Rates = {
  freshInputTokens: "0.000002",
  cacheReadTokens: "0.000001",
  visibleOutputTokens: "0.000004",
};
const book: Record<string, Rates> = { large, small };

const priceOf = (units: Record<Bucket, number>, rates: Rates) =>
  buckets.reduce((sum, bucket) => sum.plus(new Usd(rates[bucket] ?? 0).times(units[bucket])), new Usd(0));

interface Sample extends Partial<Omit<Usage, "units" | "costUsd">> {
  /** Of each attempt that costs something. */
  each?: Partial<Record<Bucket, number>>;
  rates?: Rates | null;
  costUsd?: string;
}

/** Calls of `chat` by the large model: 1,000 tokens in, 100 out, $0.014 each. */
export function used(sample: Sample = {}): Usage {
  const { each = {}, rates, costUsd, ...tags } = sample;
  const usage = {
    feature: "chat", kind: "llm", prompt: "greeting", version: "v3", provider: "openai", model: "large",
    calls: 100, freeCalls: 0, unpricedCalls: 0, unpricedTokens: 0, ...tags,
  }; // prettier-ignore
  const paid = usage.calls - usage.freeCalls;
  const call = { ...none, freshInputTokens: 1_000, visibleOutputTokens: 100, ...each };
  const units = Object.fromEntries(buckets.map((bucket) => [bucket, call[bucket] * paid])) as Record<
    Bucket,
    number
  >;
  const isUnpriced = usage.unpricedCalls === usage.calls;
  const cost = isUnpriced ? "0" : usdText(priceOf(units, rates ?? book[usage.model] ?? {}));
  return { requests: usage.calls, ...usage, units, costUsd: costUsd ?? cost };
}

export const sameBook: RatesOf = ({ model }) => {
  const rates = book[model];
  return rates ? [listed(rates), listed(rates)] : [null, null];
};

export function explain(before: Usage[], after: Usage[], ratesOf = sameBook, measure: WhyMeasure = "cost") {
  const { delta, parts, notes } = splitChange(before, after, ratesOf, measure);
  return { delta: delta && usdText(delta), parts: parts.map(told), causes: causesOf(parts), notes };
}

export const halved: Rates = {
  freshInputTokens: "0.000005",
  cacheReadTokens: "0.0000005",
  visibleOutputTokens: "0.000020",
};
export const halvedBook: RatesOf = (priced) =>
  priced.model === "large" ? [listed(large), listed(halved)] : sameBook(priced);
export const unlisted: RatesOf = () => [null, null];

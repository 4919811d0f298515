import { calcPrice, type Usage } from "@pydantic/genai-prices";
import fc from "fast-check";
import { expect, it } from "vitest";
import { PriceBook } from "./book";
import { buckets, type BucketUnits, totalInputTokens, totalOutputTokens } from "./buckets";
import { priceCall } from "./price-call";
import { readSnapshot } from "./snapshot";

const versions = (await readSnapshot()).map((version, index) => ({
  ...version,
  id: String(index),
  knownFrom: new Date("2026-11-01"),
}));
const book = new PriceBook(versions, "test");

// Around the tiers that lists have, besides anything else.
const edges = [128_000, 128_001, 199_999, 200_000, 200_001, 271_999, 272_000, 272_001];
const amount = fc.oneof(fc.constant(0), fc.nat({ max: 300_000 }), fc.constantFrom(...edges));
const anyUnits: fc.Arbitrary<BucketUnits> = fc.record({
  freshInputTokens: amount,
  cacheReadTokens: amount,
  cacheWrite5mTokens: amount,
  cacheWrite1hTokens: amount,
  audioInputTokens: amount,
  visibleOutputTokens: amount,
  reasoningTokens: amount,
  audioOutputTokens: amount,
  toolUnits: fc.constant(0),
});
const anyTime = fc.date({ min: new Date("2024-01-01"), max: new Date("2027-06-01"), noInvalidDate: true });

/** Our disjoint buckets as the package's totals. */
function usageOf(units: BucketUnits): Usage {
  return {
    input_tokens: totalInputTokens(units),
    output_tokens: totalOutputTokens(units),
    cache_read_tokens: units.cacheReadTokens,
    cache_write_tokens: units.cacheWrite5mTokens + units.cacheWrite1hTokens,
    cache_write_5m_tokens: units.cacheWrite5mTokens,
    cache_write_1h_tokens: units.cacheWrite1hTokens,
    input_audio_tokens: units.audioInputTokens,
    output_audio_tokens: units.audioOutputTokens,
    output_reasoning_tokens: units.reasoningTokens,
    cache_audio_read_tokens: 0,
  };
}

// Where a bucket has no rate we say so (partial), the package takes its parent's; where we estimate, both take a parent's.
it("agrees with the package's own calculation wherever every bucket has a rate", () => {
  const compared = new Set<string>();
  const any = fc.record({ version: fc.constantFrom(...versions), units: anyUnits, at: anyTime });
  fc.assert(
    fc.property(any, ({ version: { provider, model }, units, at }) => {
      const rates = book.lookup(provider, model, at);
      if (!rates) return;
      // Buckets without a rate are emptied, so that the rest of the call is compared all the same.
      const used = Object.fromEntries(buckets.map((b) => [b, rates.standard.buckets[b] ? units[b] : 0]));
      const call = {
        units: { ...units, ...used },
        billed: "yes",
        cache: "none",
        batch: false,
        otherUnits: {},
        serviceTier: null,
        reportedCostUsd: null,
      } as const;
      const ours = priceCall(call, rates);
      if (ours.status === "unpriced") return;
      const theirs = calcPrice(usageOf(call.units), model, { providerId: provider, timestamp: at });
      // Matching by name may lead to another entry of the list; then there is nothing to compare.
      if (theirs?.model.id !== model || !theirs.provider.models.includes(theirs.model)) return;
      compared.add(`${provider} ${model}`);
      const difference = Math.abs(Number(ours.costUsd) - theirs.total_price);
      expect(difference).toBeLessThanOrEqual(1e-9 * Math.max(1, theirs.total_price));
    }),
    { numRuns: 20_000, seed: 20_261_101 },
  );
  expect(compared.size).toBeGreaterThan(1_000);
}, 30_000);

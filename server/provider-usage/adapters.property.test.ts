import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Usage } from "@/server/calls/schemas";
import { toBuckets } from "@/server/calls/token-buckets";
import { ratesOf } from "@/server/prices/bucket-rates";
import { totalInputTokens, totalOutputTokens } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import { priceCall } from "@/server/prices/price-call";
import { aiSdkUsage } from "./ai-sdk";
import { anthropic } from "./anthropic";
import { bedrock } from "./bedrock";
import { cohere } from "./cohere";
import { deepseek } from "./deepseek";
import type { UsageReader } from "./fields";
import { gemini } from "./gemini";
import { groq } from "./groq";
import { mistral } from "./mistral";
import { openAiChat } from "./openai-chat";
import { openAiResponses } from "./openai-responses";
import { readUsage } from "./read-usage";
import { xai } from "./xai";

/** What really happened, from which each provider's way of telling it is made. */
interface Truth {
  fresh: number;
  read: number;
  write5m: number;
  write1h: number;
  visible: number;
  reasoning: number;
}
const tokens = fc.nat({ max: 1_000_000 });
const truth: fc.Arbitrary<Truth> = fc.record({
  fresh: tokens,
  read: tokens,
  write5m: tokens,
  write1h: tokens,
  visible: tokens,
  reasoning: tokens,
});

interface Teller {
  name: string;
  read: UsageReader;
  /** What this provider can tell of the truth; the rest did not happen with it. */
  knows: (all: Truth) => Truth;
  tell: (all: Truth) => unknown;
}
const noWrites = (all: Truth): Truth => ({ ...all, write5m: 0, write1h: 0 });
const noReasoning = (all: Truth): Truth => ({ ...all, reasoning: 0 });
const input = ({ fresh, read, write5m, write1h }: Truth) => fresh + read + write5m + write1h;
const output = ({ visible, reasoning }: Truth) => visible + reasoning;
const chat = (all: Truth) => ({
  prompt_tokens: input(all),
  completion_tokens: output(all),
  total_tokens: input(all) + output(all),
  prompt_tokens_details: { cached_tokens: all.read },
  completion_tokens_details: { reasoning_tokens: all.reasoning },
});

const tellers: Teller[] = [
  { name: "OpenAI chat", read: openAiChat, knows: noWrites, tell: chat },
  { name: "Groq", read: groq, knows: noWrites, tell: (all) => ({ x_groq: { usage: chat(all) } }) },
  { name: "Mistral", read: mistral, knows: noWrites, tell: (all) => ({ ...chat(all), num_cached_tokens: all.read, prompt_audio_seconds: {} }) },
  { name: "DeepSeek", read: deepseek, knows: noWrites, tell: (all) => ({ ...chat(all), prompt_cache_hit_tokens: all.read, prompt_cache_miss_tokens: all.fresh, prompt_tokens_details: undefined }) },
  { name: "x.ai", read: xai, knows: noWrites, tell: (all) => ({ ...chat(all), completion_tokens: all.visible, num_sources_used: 0 }) },
  { name: "OpenAI responses", read: openAiResponses, knows: (all) => ({ ...all, write1h: 0 }), tell: (all) => ({ input_tokens: input(all), output_tokens: output(all), total_tokens: input(all) + output(all), input_tokens_details: { cached_tokens: all.read, cache_write_tokens: all.write5m }, output_tokens_details: { reasoning_tokens: all.reasoning } }) },
  { name: "Anthropic", read: anthropic, knows: (all) => all, tell: (all) => ({ input_tokens: all.fresh, output_tokens: output(all), cache_read_input_tokens: all.read, cache_creation_input_tokens: all.write5m + all.write1h, cache_creation: { ephemeral_5m_input_tokens: all.write5m, ephemeral_1h_input_tokens: all.write1h }, output_tokens_details: { thinking_tokens: all.reasoning } }) },
  { name: "Gemini", read: gemini, knows: noWrites, tell: (all) => ({ promptTokenCount: input(all), candidatesTokenCount: all.visible, thoughtsTokenCount: all.reasoning, cachedContentTokenCount: all.read, totalTokenCount: input(all) + output(all) }) },
  { name: "Bedrock", read: bedrock, knows: noReasoning, tell: (all) => ({ inputTokens: all.fresh, outputTokens: output(all), cacheReadInputTokens: all.read, cacheWriteInputTokens: all.write5m + all.write1h, cacheDetails: [{ ttl: "1h", inputTokens: all.write1h }, { ttl: "5m", inputTokens: all.write5m }] }) },
  { name: "Cohere", read: cohere, knows: (all) => ({ ...noReasoning(noWrites(all)), read: 0 }), tell: (all) => ({ billed_units: { input_tokens: input(all), output_tokens: output(all) } }) },
  { name: "AI SDK", read: aiSdkUsage, knows: (all) => ({ ...all, write1h: 0 }), tell: (all) => ({ inputTokens: input(all), outputTokens: output(all), inputTokenDetails: { noCacheTokens: all.fresh, cacheReadTokens: all.read, cacheWriteTokens: all.write5m }, outputTokenDetails: { textTokens: all.visible, reasoningTokens: all.reasoning } }) },
]; // prettier-ignore

function expectTruth(usage: Usage | null, all: Truth) {
  if (usage === null) throw new Error("was refused");
  const split = toBuckets(usage);
  if (!split.ok) throw new Error(split.message);
  expect(split.units).toMatchObject({
    freshInputTokens: all.fresh,
    cacheReadTokens: all.read,
    cacheWrite5mTokens: all.write5m,
    cacheWrite1hTokens: all.write1h,
    visibleOutputTokens: all.visible,
    reasoningTokens: all.reasoning,
  });
  expect(totalInputTokens(split.units)).toBe(input(all));
  expect(totalOutputTokens(split.units)).toBe(output(all));
}

describe("whatever a provider tells, the buckets are what happened, and sum to its totals", () => {
  it.each(tellers)("$name", ({ read, knows, tell }) => {
    fc.assert(
      fc.property(truth, (all) => {
        const told = tell(knows(all));
        expectTruth(read(told), knows(all));
        expectTruth(readUsage(told), knows(all));
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

const perMillion = (unit: string, usd: string, tierStart = 0) => ({ service: "standard" as const, unit, tierStart, usd, per: 1_000_000 }); // prettier-ignore
const rates = ratesOf({
  id: "v1",
  rates: [
    perMillion("fresh_input", "3"), perMillion("cache_read", "0.3"), perMillion("cache_write", "3.75"), perMillion("cache_write_1h", "6"),
    perMillion("visible_output", "15"), perMillion("fresh_input", "6", 200_001), perMillion("cache_read", "0.6", 200_001),
    perMillion("cache_write", "7.5", 200_001), perMillion("cache_write_1h", "12", 200_001), perMillion("visible_output", "22.5", 200_001),
  ],
}); // prettier-ignore

function costOf(usage: Usage | null): Usd {
  const split = toBuckets(usage ?? {});
  if (!split.ok || usage === null) throw new Error("was refused");
  const facts = {
    billed: "yes",
    cache: "none",
    batch: false,
    serviceTier: null,
    reportedCostUsd: null,
  } as const;
  return new Usd(priceCall({ ...facts, units: split.units, otherUnits: {} }, rates).costUsd ?? Number.NaN);
}

describe("more of anything never costs less, however it is told", () => {
  it.each(tellers)(
    "$name",
    ({ read, knows, tell }) => {
      const part = fc.constantFrom<keyof Truth>(
        "fresh",
        "read",
        "write5m",
        "write1h",
        "visible",
        "reasoning",
      );
      fc.assert(
        fc.property(truth, part, tokens, (all, name, extra) => {
          const less = costOf(read(tell(knows(all))));
          const more = costOf(read(tell(knows({ ...all, [name]: all[name] + extra }))));
          expect(more.gte(less)).toBe(true);
        }),
        { seed: 20261121, numRuns: 300 },
      );
    },
    30_000,
  );
});

it("reads anything at all without throwing, and lets nothing through that the ledger would refuse", () => {
  const name = fc.constantFrom(
    "usage", "prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details", "cached_tokens", "input_tokens",
    "output_tokens", "cache_read_input_tokens", "cache_creation", "iterations", "inputTokens", "inputTokenDetails",
    "promptTokenCount", "promptTokensDetails", "billed_units", "x_groq", "raw", "__proto__",
  ); // prettier-ignore
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.integer({ min: -5, max: 50 }),
      fc.constantFrom(null, Number.NaN, Infinity, 1.5, "7", true, 10n),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(name, tie("any"), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 8 }), (raw) => {
      const usage = readUsage(raw);
      if (usage) expect(toBuckets(usage).ok).toBe(true);
    }),
    { seed: 20261121, numRuns: 5_000 },
  );
});

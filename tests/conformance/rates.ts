import type { Service } from "@/server/prices/service";
import { type Rates, ratesOf } from "@/server/prices/bucket-rates";
import type { PriceRate } from "@/server/prices/price-version";

/** USD per million tokens, by the book's name of the unit. */
type PerMillion = Record<string, string>;
interface Card {
  standard: PerMillion;
  /** Once the whole input reaches so many tokens. */
  tier?: { from: number; rates: PerMillion };
  batch?: PerMillion;
  flex?: PerMillion;
  priority?: PerMillion;
  /** USD for so many units. */
  units?: Record<string, { usd: string; per: number }>;
}

function book({ standard, tier, units, ...services }: Card): Rates {
  const of = (rates: PerMillion, service: Service, tierStart = 0): PriceRate[] =>
    Object.entries(rates).map(([unit, usd]) => ({ service, unit, tierStart, usd, per: 1_000_000 }));
  const others = Object.entries(units ?? {}).map(([unit, { usd, per }]): PriceRate => ({
    service: "standard",
    unit,
    tierStart: 0,
    usd,
    per,
  }));
  const { batch = {}, flex = {}, priority = {} } = services;
  return ratesOf({
    id: "card",
    rates: [
      ...of(standard, "standard"),
      ...(tier ? of(tier.rates, "standard", tier.from) : []),
      ...of(batch, "batch"),
      ...of(flex, "flex"),
      ...of(priority, "priority"),
      ...others,
    ],
  });
}

const webSearches = { web_searches: { usd: "10", per: 1_000 } };

/** A rate card of our own, which no price list moves: what real models cost at one time or another. */
export const card = {
  gpt4o: book({ standard: { fresh_input: "2.5", cache_read: "1.25", visible_output: "10" } }),
  gpt5: book({
    standard: { fresh_input: "1.25", cache_read: "0.125", visible_output: "10" },
    batch: { fresh_input: "0.625", cache_read: "0.0625", visible_output: "5" },
    flex: { fresh_input: "0.625", cache_read: "0.0625", visible_output: "5" },
    priority: { fresh_input: "2.5", cache_read: "0.25", visible_output: "20" },
  }),
  /** Bills what is written to its cache, and longer prompts dearer. */
  gpt56: book({
    standard: { fresh_input: "5", cache_read: "0.5", cache_write: "6.25", visible_output: "30" },
    tier: { from: 272_001, rates: { fresh_input: "10", cache_read: "1", cache_write: "12.5", visible_output: "45" } },
  }),
  audio: book({ standard: { fresh_input: "2.5", audio_input: "40", visible_output: "10", audio_output: "80" } }),
  realtime: book({ standard: { fresh_input: "4", cache_read: "0.4", audio_input: "32", visible_output: "16", audio_output: "64" } }),
  embedding: book({ standard: { fresh_input: "0.02" } }),
  whisper: book({ standard: {}, units: { audio_seconds: { usd: "0.36", per: 3_600 } } }),
  sonnet: book({
    standard: { fresh_input: "3", cache_read: "0.3", cache_write: "3.75", cache_write_1h: "6", visible_output: "15" },
    tier: { from: 200_001, rates: { fresh_input: "6", cache_read: "0.6", cache_write: "7.5", cache_write_1h: "12", visible_output: "22.5" } },
    units: webSearches,
  }),
  sonnetBatch: book({
    standard: { fresh_input: "3", cache_read: "0.3", cache_write: "3.75", visible_output: "15" },
    batch: { fresh_input: "1.5", cache_read: "0.15", cache_write: "1.875", visible_output: "7.5" },
  }),
  sonnet5: book({ standard: { fresh_input: "2", cache_read: "0.2", cache_write: "2.5", visible_output: "10" } }),
  haiku: book({ standard: { fresh_input: "1", cache_read: "0.1", cache_write: "1.25", cache_write_1h: "2", visible_output: "5" } }),
  opus: book({ standard: { fresh_input: "5", cache_read: "0.5", cache_write: "6.25", visible_output: "25" } }),
  geminiPro: book({
    standard: { fresh_input: "1.25", cache_read: "0.125", visible_output: "10" },
    tier: { from: 200_001, rates: { fresh_input: "2.5", cache_read: "0.25", visible_output: "15" } },
  }),
  /** One rate whatever the length, as the report of LL#14849 reckons. */
  vertexFlat: book({ standard: { fresh_input: "1.25", cache_read: "0.625", visible_output: "10" } }),
  gemini3Pro: book({ standard: { fresh_input: "2", visible_output: "12" } }),
  gemini3Flash: book({ standard: { fresh_input: "0.5", cache_read: "0.05", visible_output: "3" } }),
  geminiFlash: book({ standard: { fresh_input: "0.3", cache_read: "0.03", audio_input: "1", visible_output: "2.5" } }),
  geminiImage: book({ standard: { fresh_input: "0.3", visible_output: "2.5", output_image_tokens: "30" } }),
  grok42: book({ standard: { fresh_input: "1.25", cache_read: "0.2", visible_output: "2.5" } }),
  grok46: book({ standard: { fresh_input: "2", cache_read: "0.5", visible_output: "6" } }),
  deepseek: book({ standard: { fresh_input: "0.27", cache_read: "0.07", visible_output: "1.1" } }),
  mistral: book({ standard: { fresh_input: "2", cache_read: "0.2", visible_output: "6" } }),
  voxtral: book({
    standard: { fresh_input: "0.1", visible_output: "0.3" },
    units: { input_audio_seconds: { usd: "0.36", per: 3_600 } },
  }),
  llama: book({ standard: { fresh_input: "0.59", visible_output: "0.79" } }),
  command: book({ standard: { fresh_input: "0.15", visible_output: "0.6" } }),
  rerank: book({ standard: {}, units: { rerank_searches: { usd: "2", per: 1_000 } } }),
} satisfies Record<string, Rates>; // prettier-ignore

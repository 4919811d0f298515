import { z } from "zod";
import bundled from "./litellm-rates.json";
import { Usd } from "./decimal";
import { type BookModel, bookProvider, withoutProvider } from "./match-model";
import type { NewPriceVersion, PriceRate } from "./price-version";
import type { Service } from "./service";

export const litellmSource = "litellm";
export const litellmSourceVersion = bundled._source.commit.slice(0, 12);

/** Their name of a price per token or piece → our unit. The unit of ours counts a million of it, save the last two. */
const perToken: Readonly<Record<string, string>> = {
  input_cost_per_token: "fresh_input",
  output_cost_per_token: "visible_output",
  output_cost_per_reasoning_token: "reasoning",
  cache_read_input_token_cost: "cache_read",
  cache_creation_input_token_cost: "cache_write",
  cache_creation_input_token_cost_above_1hr: "cache_write_1h",
  input_cost_per_audio_token: "audio_input",
  output_cost_per_audio_token: "audio_output",
  input_cost_per_image_token: "input_image_tokens",
  output_cost_per_image_token: "output_image_tokens",
  output_cost_per_video_token: "output_video_tokens",
  cache_read_input_audio_token_cost: "cache_audio_read_tokens",
};
/** Prices of other things, by the mode in which they are what is paid: elsewhere they mean reserved capacity. */
const byMode: Readonly<Record<string, Readonly<Record<string, { unit: string; per: number }>>>> = {
  audio_transcription: { input_cost_per_second: { unit: "input_audio_seconds", per: 3_600 } },
  rerank: { input_cost_per_query: { unit: "request", per: 1_000 } },
  search: { input_cost_per_query: { unit: "request", per: 1_000 } },
};
const serviceOfSuffix: Readonly<Record<string, Service>> = {
  _batches: "batch",
  _flex: "flex",
  _priority: "priority",
};
const tieredKey = /^(.+?)(?:_above_(\d+)k_tokens)?(_batches|_flex|_priority)?$/;

const price = z.number().min(0);
const isPriceKey = (key: string) =>
  rateKey(key) !== null || Object.values(byMode).some((keys) => key in keys);
const Entry = z
  .looseObject({ litellm_provider: z.string().min(1), mode: z.string().optional() })
  .refine((entry) =>
    Object.entries(entry).every(([key, value]) => !isPriceKey(key) || price.safeParse(value).success),
  );
/** Whatever else stands in the list, models have an object each. */
const PriceJson = z.record(z.string(), z.unknown());
const aboutTheList = new Set(["sample_spec", "fallback_generalizations", "_source"]);

/** The bundled selection as versions of our book. */
export function readLitellm(): NewPriceVersion[] {
  return litellmVersions(bundled, { source: litellmSource, sourceVersion: litellmSourceVersion });
}

/**
 * LiteLLM's list as versions of our book, valid from ever on: it has no dates. Entries that we cannot read, and those
 * without any price above zero, are left out: a model without a price is unpriced, not free.
 * @throws ZodError when it is no such list at all
 */
export function litellmVersions(
  list: unknown,
  origin: Pick<NewPriceVersion, "source" | "sourceVersion">,
): NewPriceVersion[] {
  const found = new Map<string, { offeredBy: string; version: NewPriceVersion }>();
  for (const [name, value] of Object.entries(PriceJson.parse(list))) {
    const entry = Entry.safeParse(value);
    if (aboutTheList.has(name) || !entry.success) continue;
    const rates = completeServices(ratesOf(entry.data, entry.data.mode ?? ""));
    if (!rates.some(({ usd }) => usd !== "0")) continue;
    const offeredBy = entry.data.litellm_provider;
    const model = modelOf(name, offeredBy);
    const key = `${model.provider}\n${model.model}`;
    const other = found.get(key);
    // A maker's model is listed for each of its doors; one is taken, and always the same.
    if (other && other.offeredBy <= offeredBy) continue;
    const always = { validFrom: null, validTo: null, dailyFrom: null, dailyTo: null };
    found.set(key, { offeredBy, version: { ...model, ...always, ...origin, rates } });
  }
  return [...found.values()].map(({ version }) => version);
}

function modelOf(name: string, offeredBy: string): BookModel {
  const provider = offeredBy.trim().toLowerCase();
  const model = withoutProvider({ provider, model: name.trim().toLowerCase() }).model;
  return { provider: bookProvider(provider), model };
}

interface RateKey {
  unit: string;
  service: Service;
  tierStart: number;
}

/** "input_cost_per_token_above_200k_tokens_priority"; null for what is no price per token in a service that we know. */
function rateKey(key: string): RateKey | null {
  const parts = tieredKey.exec(key);
  const unit = parts?.[1] === undefined ? undefined : perToken[parts[1]];
  if (!parts || unit === undefined) return null;
  // Theirs begins above so many tokens, ours at `tierStart`.
  const tierStart = parts[2] === undefined ? 0 : Number(parts[2]) * 1_000 + 1;
  return { unit, tierStart, service: serviceOfSuffix[parts[3] ?? ""] ?? "standard" };
}

function ratesOf(entry: Readonly<Record<string, unknown>>, mode: string): PriceRate[] {
  return Object.entries(entry).flatMap(([key, value]): PriceRate[] => {
    if (typeof value !== "number") return [];
    const rate = rateKey(key);
    if (rate) return [{ ...rate, usd: new Usd(value).times(1_000_000).toFixed(), per: 1_000_000 }];
    const other = byMode[mode]?.[key];
    if (!other) return [];
    const { unit, per } = other;
    return [{ service: "standard", unit, tierStart: 0, usd: new Usd(value).times(per).toFixed(), per }];
  });
}

/** Half a service is none: without one of the two main rates, what stands there is likelier a slip than a price. */
function completeServices(rates: readonly PriceRate[]): PriceRate[] {
  const lists = (service: Service, unit: string) =>
    rates.some((rate) => rate.service === service && rate.unit === unit && rate.tierStart === 0);
  const needed = ["fresh_input", "visible_output"].filter((unit) => lists("standard", unit));
  return rates.filter(({ service }) => needed.every((unit) => lists(service, unit)));
}

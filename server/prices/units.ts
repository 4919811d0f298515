import type { Usd } from "./decimal";

/** Units that a call's buckets are priced by (bucket-rates.ts); every other unit keeps the name that its source gave it. */
const ownNames: Record<string, string> = {
  input_tokens: "fresh_input",
  cache_read_tokens: "cache_read",
  cache_write_tokens: "cache_write",
  cache_write_5m_tokens: "cache_write_5m",
  cache_write_1h_tokens: "cache_write_1h",
  input_audio_tokens: "audio_input",
  output_tokens: "visible_output",
  output_reasoning_tokens: "reasoning",
  output_audio_tokens: "audio_output",
  requests: "request",
};

/** How genai-prices spells the quantity that a price is for: suffix of its key → suffix of the unit, units per price. */
const quantities: readonly { suffix: string; unit: string; per: number }[] = [
  { suffix: "_mtok", unit: "_tokens", per: 1_000_000 },
  { suffix: "_kcount", unit: "", per: 1_000 },
  { suffix: "_mchars", unit: "_characters", per: 1_000_000 },
  { suffix: "_hours", unit: "_seconds", per: 3_600 },
  { suffix: "_gpixels", unit: "_pixels", per: 1_000_000_000 },
  { suffix: "_kpages", unit: "_pages", per: 1_000 },
];

/**
 * "cache_read_mtok" → cache_read, per 1,000,000.
 * @throws Error for a suffix that we do not know: guessing `per` would be wrong by orders of magnitude.
 */
export function unitOfPriceKey(key: string): { unit: string; per: number } {
  const quantity = quantities.find(({ suffix }) => key.endsWith(suffix));
  if (!quantity) throw new Error(`genai-prices has a price key of an unknown quantity: ${key}`);
  const name = key.slice(0, -quantity.suffix.length) + quantity.unit;
  return { unit: ownNames[name] ?? name, per: quantity.per };
}

const durations: readonly { suffix: string; seconds: number }[] = [
  { suffix: "_hours", seconds: 3_600 },
  { suffix: "_minutes", seconds: 60 },
];

/** The book counts time in seconds: 0.5 audio_hours → 1800 audio_seconds. Every other unit stays as it is. */
export function convertedUnit(name: string, quantity: Usd): { unit: string; units: Usd } {
  const duration = durations.find(({ suffix }) => name.endsWith(suffix));
  if (!duration) return { unit: name, units: quantity };
  return {
    unit: `${name.slice(0, -duration.suffix.length)}_seconds`,
    units: quantity.times(duration.seconds),
  };
}

import type { Service } from "@/server/prices/service";

interface RateField {
  name: string;
  label: string;
  unit: string;
  service: Service;
}

/** The rates that contracts name; the API takes any other as well. */
export const rateFields = [
  { name: "input", label: "Input", unit: "fresh_input", service: "standard" },
  { name: "output", label: "Output", unit: "visible_output", service: "standard" },
  { name: "cacheRead", label: "Cache read", unit: "cache_read", service: "standard" },
  { name: "cacheWrite5m", label: "Cache write, 5 min", unit: "cache_write_5m", service: "standard" },
  { name: "cacheWrite1h", label: "Cache write, 1 h", unit: "cache_write_1h", service: "standard" },
  { name: "reasoning", label: "Reasoning", unit: "reasoning", service: "standard" },
  { name: "audioInput", label: "Audio in", unit: "audio_input", service: "standard" },
  { name: "audioOutput", label: "Audio out", unit: "audio_output", service: "standard" },
  { name: "batchInput", label: "Batch input", unit: "fresh_input", service: "batch" },
  { name: "batchOutput", label: "Batch output", unit: "visible_output", service: "batch" },
] as const satisfies RateField[];
export type RateDraft = Partial<Record<(typeof rateFields)[number]["name"], string>>;

/** What was filled in, as rates of the book. */
export function contractRates(draft: RateDraft): { service: Service; unit: string; usd: string }[] {
  return rateFields.flatMap(({ name, unit, service }) => {
    const usd = draft[name]?.trim() ?? "";
    return usd === "" ? [] : [{ service, unit, usd }];
  });
}

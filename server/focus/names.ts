import type { requestUnit } from "@/server/prices/bucket-rates";
import type { Bucket } from "@/server/prices/buckets";
import { bookProvider } from "@/server/prices/match-model";

const providerNames: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  google: "Google",
  azure: "Microsoft Azure",
  aws: "AWS",
  "aws-bedrock": "AWS",
  mistral: "Mistral AI",
  cohere: "Cohere",
  groq: "Groq",
  deepseek: "DeepSeek",
  "x-ai": "xAI",
  openrouter: "OpenRouter",
  together: "Together AI",
  fireworks: "Fireworks AI",
  perplexity: "Perplexity",
};

/** Who made a model, told by how its name begins, whoever sells it. */
const makers: readonly [RegExp, string][] = [
  [/^(gpt|o\d|chatgpt|text-embedding|whisper|dall-e|tts)/, "OpenAI"],
  [/claude/, "Anthropic"],
  [/gemini|gemma|palm/, "Google"],
  [/llama/, "Meta"],
  [/mistral|mixtral|codestral|ministral/, "Mistral AI"],
  [/command|^embed-|rerank/, "Cohere"],
  [/deepseek/, "DeepSeek"],
  [/grok/, "xAI"],
  [/nova|titan/, "Amazon"],
  [/qwen/, "Alibaba Cloud"],
];

/** As FOCUS files of others name it; a name that we do not know stays as it was sent. */
export function providerName(provider: string): string {
  if (provider.trim() === "") return "Unknown provider";
  return providerNames[bookProvider(provider)] ?? provider;
}

/** @param sold the name of whoever sells it, for makers that we do not know */
export function publisherName(sold: string, model: string): string {
  const name = model.toLowerCase().split("/").at(-1) ?? "";
  return makers.find(([pattern]) => pattern.test(name))?.[1] ?? sold;
}

export const meters: Readonly<Record<Bucket | typeof requestUnit, string>> = {
  freshInputTokens: "Input Tokens",
  cacheReadTokens: "Input Tokens (cache read)",
  cacheWrite5mTokens: "Input Tokens (cache write, 5 minutes)",
  cacheWrite1hTokens: "Input Tokens (cache write, 1 hour)",
  audioInputTokens: "Audio Input Tokens",
  visibleOutputTokens: "Output Tokens",
  reasoningTokens: "Output Tokens (reasoning)",
  audioOutputTokens: "Audio Output Tokens",
  toolUnits: "Tool Units",
  request: "Requests",
};

/** FOCUS has a unit of "1000000 Tokens" where a price is of a million. */
export function pricingUnit(bucket: Bucket | typeof requestUnit, per: number): string {
  const unit = unitName(bucket);
  return per === 1 ? unit : `${String(per)} ${unit}`;
}

export function unitName(bucket: Bucket | typeof requestUnit): string {
  if (bucket === "request") return "Requests";
  return bucket === "toolUnits" ? "Units" : "Tokens";
}

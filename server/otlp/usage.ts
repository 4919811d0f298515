import type { Usage } from "@/server/calls/schemas";
import type { Attributes } from "./decoded";
import { fieldsOf } from "@/server/litellm/fields";
import { langfuseDetails } from "@/server/provider-usage/langfuse-details";
import { countOf, fieldOf, objectOf } from "./read";

/** Three generations of the conventions, OpenLLMetry, AI SDK 4 to 7, OpenInference: the first that is there. */
const names = {
  input: ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens", "llm.token_count.prompt", "llm.usage.prompt_tokens"],
  output: ["gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "ai.usage.outputTokens", "ai.usage.completionTokens", "llm.token_count.completion", "llm.usage.completion_tokens"],
  total: ["gen_ai.usage.total_tokens", "ai.usage.totalTokens", "llm.token_count.total", "llm.usage.total_tokens"],
  cacheRead: ["gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.cache_read_tokens", "gen_ai.usage.details.cache_read_tokens", "gen_ai.usage.details.cache_read_input_tokens", "ai.usage.inputTokenDetails.cacheReadTokens", "ai.usage.cachedInputTokens", "llm.token_count.prompt_details.cache_read"],
  cacheWrite: ["gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_tokens", "gen_ai.usage.details.cache_write_tokens", "gen_ai.usage.details.cache_creation_input_tokens", "ai.usage.inputTokenDetails.cacheWriteTokens", "llm.token_count.prompt_details.cache_write"],
  reasoning: ["gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens", "gen_ai.usage.details.reasoning_tokens", "ai.usage.outputTokenDetails.reasoningTokens", "ai.usage.reasoningTokens", "llm.token_count.completion_details.reasoning"],
  audioInput: ["gen_ai.usage.audio.input_tokens", "llm.token_count.prompt_details.audio"],
  audioOutput: ["gen_ai.usage.audio.output_tokens", "llm.token_count.completion_details.audio"],
} as const; // prettier-ignore
/** Of AI SDK 4 alone, whose count of Anthropic's input leaves the cache out. */
const promptTokens = "ai.usage.promptTokens";
const usageDetails = "langfuse.observation.usage_details";
const providerMetadata = "ai.response.providerMetadata";

export const usageNames = [...Object.values(names).flat(), usageDetails, providerMetadata];

interface Figures {
  input: number | undefined;
  output: number | undefined;
  cacheRead: number | undefined;
  cacheWrite: number | undefined;
  /** Of cacheWrite, what is kept for an hour. */
  cacheWrite1h: number | undefined;
  reasoning: number | undefined;
}

/**
 * The usage that a span tells, as totals that include their parts; null when it tells none. Figures that are no counts
 * stay as they are, for the ledger to refuse by name.
 */
export function usageOf(attributes: Attributes, isEmbedding: boolean): Usage | null {
  const details = objectOf(attributes, usageDetails);
  if (details) return langfuseDetails(fieldsOf(details)) ?? null;
  const figures = figuresOf(attributes, isEmbedding);
  const metadata = objectOf(attributes, providerMetadata);
  if (metadata) addFromProvider(figures, metadata, attributes.has(promptTokens));
  if (figures.input === undefined && figures.output === undefined) return null;
  const { cacheRead = 0, cacheWrite = 0, reasoning = 0 } = figures;
  const cacheWrite1h = Math.min(figures.cacheWrite1h ?? 0, cacheWrite);
  const input = withParts(figures.input, cacheRead + cacheWrite);
  // Some (Gemini's, by several instrumentations) leave thinking out of the output (langfuse#16508): it shows when the part
  // is larger than the total. Where it happens to fit we believe the conventions, by which output includes it.
  const output = withParts(figures.output, reasoning);
  const audioInput = countOf(attributes, names.audioInput) ?? 0;
  const audioOutput = countOf(attributes, names.audioOutput) ?? 0;
  return {
    ...(input !== undefined && { inputTokens: input }),
    ...(output !== undefined && { outputTokens: output }),
    ...(cacheRead !== 0 && { cacheReadTokens: cacheRead }),
    ...(cacheWrite - cacheWrite1h !== 0 && { cacheWrite5mTokens: cacheWrite - cacheWrite1h }),
    ...(cacheWrite1h !== 0 && { cacheWrite1hTokens: cacheWrite1h }),
    ...(reasoning !== 0 && { reasoningTokens: reasoning }),
    ...(audioInput !== 0 && { audioInputTokens: audioInput }),
    ...(audioOutput !== 0 && { audioOutputTokens: audioOutput }),
  };
}

function figuresOf(attributes: Attributes, isEmbedding: boolean): Figures {
  let input = countOf(attributes, names.input);
  let output = countOf(attributes, names.output);
  const total = countOf(attributes, names.total);
  // A total alone says nothing of what it cost, unless there is no output that could be in it.
  if (total !== undefined && (input === undefined) !== (output === undefined)) {
    if (input === undefined) input = total - (output ?? 0);
    else if (!isEmbedding) output = total - input;
  } else if (isEmbedding) input ??= total;
  return {
    input,
    output,
    cacheRead: countOf(attributes, names.cacheRead),
    cacheWrite: countOf(attributes, names.cacheWrite),
    cacheWrite1h: undefined,
    reasoning: countOf(attributes, names.reasoning),
  };
}

/** A total that is smaller than its parts was counted without them, as Anthropic's own input is (field 2.1). */
function withParts(total: number | undefined, parts: number): number | undefined {
  if (parts === 0) return total;
  return total === undefined || parts > total ? (total ?? 0) + parts : total;
}

const numberOf = (value: unknown, ...path: string[]): number | undefined => {
  const found = path.reduce(fieldOf, value);
  return typeof found === "number" ? found : undefined;
};

/** What the AI SDK passes on of the provider's own answer tells what its counts do not: whose input, and kept how long. */
function addFromProvider(figures: Figures, metadata: object, isVersion4: boolean): void {
  const anthropic = fieldOf(metadata, "anthropic");
  const usage = fieldOf(anthropic, "usage");
  const longWrites = numberOf(usage, "cache_creation", "ephemeral_1h_input_tokens");
  const shortWrites = numberOf(usage, "cache_creation", "ephemeral_5m_input_tokens");
  figures.cacheWrite1h = longWrites;
  figures.cacheWrite ??=
    numberOf(usage, "cache_creation_input_tokens") ??
    numberOf(anthropic, "cacheCreationInputTokens") ??
    numberOf(metadata, "bedrock", "usage", "cacheWriteInputTokens") ??
    (longWrites === undefined && shortWrites === undefined
      ? undefined
      : (longWrites ?? 0) + (shortWrites ?? 0));
  figures.cacheRead ??=
    numberOf(usage, "cache_read_input_tokens") ??
    numberOf(anthropic, "cacheReadInputTokens") ??
    numberOf(metadata, "bedrock", "usage", "cacheReadInputTokens") ??
    numberOf(metadata, "openai", "cachedPromptTokens");
  figures.reasoning ??= numberOf(metadata, "openai", "reasoningTokens");
  const fresh = numberOf(usage, "input_tokens") ?? (anthropic && isVersion4 ? figures.input : undefined);
  if (fresh !== undefined) figures.input = fresh + (figures.cacheRead ?? 0) + (figures.cacheWrite ?? 0);
}

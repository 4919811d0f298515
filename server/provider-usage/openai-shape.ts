import type { Usage } from "@/server/calls/schemas";
import { at, type Figures, largest, settle, tokensAt } from "./fields";

export interface Names {
  input: readonly string[];
  output: readonly string[];
  inputDetails: readonly string[];
  outputDetails: readonly string[];
}

export interface Habits {
  /** Cached input when it stands elsewhere than in the details. */
  cacheRead?: number | undefined;
  input?: number | undefined;
  /** Reasoning stands beside the output, not in it, even where no total says so. */
  reasoningBeside?: boolean;
  units?: Usage["units"];
}

const firstOf = (raw: unknown, names: readonly string[]) =>
  names.map((name) => at(raw, name)).find((value) => value !== undefined && value !== null);

/**
 * OpenAI's shape, which most providers and gateways borrow. OpenAI's totals include cached input and reasoning; where a
 * borrower counts them beside the total, its own `total_tokens` tells (BerriAI/litellm#18599, vercel/ai#12425).
 */
export function fromOpenAiShape(raw: unknown, names: Names, habits: Habits = {}): Usage | null {
  const inputDetails = firstOf(raw, names.inputDetails);
  const outputDetails = firstOf(raw, names.outputDetails);
  const writes = at(inputDetails, "cache_creation_token_details") ?? at(raw, "cache_creation");
  const cacheWrite1h = tokensAt(writes, "ephemeral_1h_input_tokens") ?? 0;
  const cacheWrite =
    largest(
      // OpenAI bills writes from GPT-5.6 on; the other names are those of LiteLLM, which tells one quantity in two places.
      tokensAt(inputDetails, "cache_write_tokens"),
      tokensAt(inputDetails, "cache_creation_tokens"),
      tokensAt(raw, "cache_creation_input_tokens"),
    ) ?? 0;
  const cacheRead =
    largest(
      habits.cacheRead,
      tokensAt(inputDetails, "cached_tokens"),
      tokensAt(raw, "cache_read_input_tokens"),
    ) ?? 0;
  const audio = tokensAt(inputDetails, "audio_tokens") ?? 0;
  const cachedAudio = tokensAt(at(inputDetails, "cached_tokens_details"), "audio_tokens");
  const reasoning = tokensAt(outputDetails, "reasoning_tokens") ?? 0;
  const told = {
    input: tokensAt(raw, ...names.input) ?? habits.input,
    output: tokensAt(raw, ...names.output),
  };
  const cached = cacheRead + cacheWrite;
  const beside = countedBeside({
    input: told.input ?? 0,
    output: told.output ?? 0,
    total: tokensAt(raw, "total_tokens"),
    cached,
    reasoning,
    // LiteLLM's older versions left Anthropic's cache out of the prompt (BerriAI/litellm#9812).
    mayLackCache: tokensAt(raw, "cache_read_input_tokens", "cache_creation_input_tokens") !== undefined,
    mayLackReasoning: habits.reasoningBeside ?? false,
  });
  const input = told.input === undefined ? undefined : told.input + (beside.cache ? cached : 0);
  const figures: Figures = {
    input,
    output: told.output === undefined ? undefined : told.output + (beside.reasoning ? reasoning : 0),
    cacheRead,
    cacheWrite5m: cacheWrite - cacheWrite1h,
    cacheWrite1h,
    audioInput: freshAudio(audio, cachedAudio, (input ?? 0) - cached),
    reasoning,
    audioOutput: tokensAt(outputDetails, "audio_tokens"),
    units: habits.units,
  };
  return settle(figures);
}

/** Cached audio is counted under both names; it is cached input here, for that is how it is billed. */
function freshAudio(audio: number, cachedAudio: number | undefined, uncached: number): number {
  if (cachedAudio !== undefined) return audio - cachedAudio;
  return audio > uncached ? Math.max(uncached, 0) : audio;
}

interface Told {
  input: number;
  output: number;
  total: number | undefined;
  cached: number;
  reasoning: number;
  mayLackCache: boolean;
  mayLackReasoning: boolean;
}

/** Which parts stand beside their total: what the provider's sum of all says, then what we know of its habits. */
function countedBeside(told: Told): { cache: boolean; reasoning: boolean } {
  const { input, output, total, cached, reasoning } = told;
  if (total !== undefined && total > input + output) {
    const missing = total - input - output;
    const isBoth = missing === cached + reasoning && cached > 0 && reasoning > 0;
    const isCache = isBoth || (cached > 0 && missing === cached && (cached > input || missing !== reasoning));
    const isReasoning = isBoth || (!isCache && reasoning > 0 && missing === reasoning);
    if (isCache || isReasoning) return { cache: isCache, reasoning: isReasoning };
  }
  return {
    cache: told.mayLackCache && cached > input,
    reasoning: told.mayLackReasoning && (total === undefined || reasoning > output),
  };
}

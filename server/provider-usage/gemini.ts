import { at, reader, settle, tokensAt } from "./fields";

/**
 * Google's `usageMetadata`, in either spelling. Cached content is part of the prompt. Thoughts and what tools feed back
 * stand beside (BerriAI/litellm#24622), unless the total says that they are inside already (older Vertex).
 */
export const gemini = reader((raw) => {
  const prompt = tokensAt(raw, "promptTokenCount", "prompt_token_count");
  const candidates = tokensAt(
    raw,
    "candidatesTokenCount",
    "candidates_token_count",
    "responseTokenCount",
    "response_token_count",
  );
  const total = tokensAt(raw, "totalTokenCount", "total_token_count");
  if (prompt === undefined && candidates === undefined && total === undefined) return null;
  const thoughts = tokensAt(raw, "thoughtsTokenCount", "thoughts_token_count") ?? 0;
  const tools = tokensAt(raw, "toolUsePromptTokenCount", "tool_use_prompt_token_count") ?? 0;
  const plain = (prompt ?? 0) + (candidates ?? 0);
  const areThoughtsInside = thoughts > 0 && (total === plain || (tools > 0 && total === plain + tools));
  const areToolsInside = tools > 0 && (total === plain || (thoughts > 0 && total === plain + thoughts));
  const cachedAudio = audioOf(raw, "cacheTokensDetails", "cache_tokens_details");
  return settle({
    input: (prompt ?? 0) + (areToolsInside ? 0 : tools),
    output: (candidates ?? 0) + (areThoughtsInside ? 0 : thoughts),
    cacheRead: tokensAt(raw, "cachedContentTokenCount", "cached_content_token_count"),
    audioInput:
      audioOf(raw, "promptTokensDetails", "prompt_tokens_details") -
      cachedAudio +
      (areToolsInside ? 0 : audioOf(raw, "toolUsePromptTokensDetails", "tool_use_prompt_tokens_details")),
    reasoning: thoughts,
    audioOutput:
      audioOf(raw, "candidatesTokensDetails", "candidates_tokens_details") ||
      audioOf(raw, "responseTokensDetails", "response_tokens_details"),
  });
});

function audioOf(raw: unknown, ...names: string[]): number {
  const details = names.map((name) => at(raw, name)).find(Array.isArray) as unknown[] | undefined;
  return (details ?? [])
    .filter((detail) => at(detail, "modality") === "AUDIO")
    .reduce<number>((sum, detail) => sum + (tokensAt(detail, "tokenCount", "token_count") ?? 0), 0);
}

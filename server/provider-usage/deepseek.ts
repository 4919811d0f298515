import { reader, tokensAt } from "./fields";
import { chatNames } from "./openai-chat";
import { fromOpenAiShape } from "./openai-shape";

/** DeepSeek: OpenAI's shape, the prompt told as cache hits and misses besides. */
export const deepseek = reader((raw) => {
  const hits = tokensAt(raw, "prompt_cache_hit_tokens");
  const misses = tokensAt(raw, "prompt_cache_miss_tokens");
  const input = hits === undefined && misses === undefined ? undefined : (hits ?? 0) + (misses ?? 0);
  return fromOpenAiShape(raw, chatNames, { cacheRead: hits, input });
});

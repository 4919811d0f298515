import { at, reader, tokensAt, unit } from "./fields";
import { chatNames } from "./openai-chat";
import { fromOpenAiShape } from "./openai-shape";

/** Mistral: OpenAI's shape, cached input under one of three names, audio by the second (`{}` where there is none). */
export const mistral = reader((raw) =>
  fromOpenAiShape(raw, chatNames, {
    cacheRead: tokensAt(raw, "num_cached_tokens"),
    units: unit("input_audio_seconds", at(raw, "prompt_audio_seconds")),
  }),
);

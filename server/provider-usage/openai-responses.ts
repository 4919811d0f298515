import { at, reader, settle, unit } from "./fields";
import { fromOpenAiShape } from "./openai-shape";

/** OpenAI's responses, images and transcriptions; the realtime API says `token` where the others say `tokens`. */
export const openAiResponses = reader((raw) => {
  // whisper-1 is billed by time and says nothing of tokens.
  if (at(raw, "type") === "duration") return settle({ units: unit("audio_seconds", at(raw, "seconds")) });
  return fromOpenAiShape(raw, {
    input: ["input_tokens"],
    output: ["output_tokens"],
    inputDetails: ["input_tokens_details", "input_token_details"],
    outputDetails: ["output_tokens_details", "output_token_details"],
  });
});

import { reader } from "./fields";
import { fromOpenAiShape, type Names } from "./openai-shape";

export const chatNames: Names = {
  input: ["prompt_tokens"],
  output: ["completion_tokens"],
  inputDetails: ["prompt_tokens_details", "prompt_token_details"],
  outputDetails: ["completion_tokens_details"],
};

/** OpenAI's and Azure's chat completions, embeddings, LiteLLM, OpenRouter and whoever else speaks their language. */
export const openAiChat = reader((raw) => fromOpenAiShape(raw, chatNames));

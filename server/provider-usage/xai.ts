import { reader } from "./fields";
import { chatNames } from "./openai-chat";
import { fromOpenAiShape } from "./openai-shape";

/**
 * x.ai's chat completions: OpenAI's shape, but reasoning is "counted separately from completion_tokens" (docs.x.ai,
 * consumption; BerriAI/litellm#18599). Its responses API counts as OpenAI does.
 */
export const xai = reader((raw) => fromOpenAiShape(raw, chatNames, { reasoningBeside: true }));

import { at, reader } from "./fields";
import { chatNames } from "./openai-chat";
import { fromOpenAiShape } from "./openai-shape";

/** Groq: OpenAI's shape; the last chunk of a stream hides it under `x_groq`. */
export const groq = reader((raw) => fromOpenAiShape(at(at(raw, "x_groq"), "usage") ?? raw, chatNames));

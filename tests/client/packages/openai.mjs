import { SdkClient } from "../../mocks/provider-sdks.ts";
import { openAiAnswer, openAiChunks } from "./answers.ts";

/** Stands in for the package of this name when the examples are run. */
export default class OpenAI extends SdkClient {
  constructor() {
    super({ answer: openAiAnswer, chunks: openAiChunks });
  }
}

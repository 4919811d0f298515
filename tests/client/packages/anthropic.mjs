import { SdkClient } from "../../mocks/provider-sdks.ts";
import { anthropicAnswer } from "./answers.ts";

/** Stands in for `@anthropic-ai/sdk` when the examples are run. */
export default class Anthropic extends SdkClient {
  constructor() {
    super({ answer: anthropicAnswer }, "https://api.anthropic.com");
  }
}

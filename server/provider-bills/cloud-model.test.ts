import { describe, expect, it } from "vitest";
import { cloudModel } from "./cloud-model";
import { modelKeyOf } from "./model-key";

const sonnet = "regional.anthropic.claude-sonnet-4-5-20250929-v1:0";

describe("cloudModel", () => {
  it.each([
    ["aws", ["arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0"], sonnet],
    ["aws", ["arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0"], sonnet],
    ["aws", ["", "Claude Sonnet 4.5 (Amazon Bedrock Edition)", "USE1-MP:USE1_InputTokenCount-Units"], sonnet],
    ["aws", ["Amazon Bedrock", "USE1-Claude4.5Sonnet-input-tokens"], sonnet],
    ["aws", ["Amazon Bedrock", "EUC1-Claude3.5Haiku-output-tokens-batch"], "regional.anthropic.claude-3-5-haiku-20241022-v1:0"],
    ["aws", ["Amazon Bedrock", "USE1-NovaPro-input-tokens"], "amazon.nova-pro-v1:0"],
    ["aws", ["Amazon Bedrock", "USW2-NovaMicro-output-tokens"], "amazon.nova-micro-v1:0"],
    ["google", ["Vertex AI", "Gemini 2.5 Flash Text Input - Predictions"], "gemini-2.5-flash"],
    ["google", ["Gemini API", "Gemini 2.5 Pro Thinking Text Output - Predictions"], "gemini-2.5-pro"],
    ["google", ["Vertex AI", "Claude Sonnet 4.5 Input Tokens"], "claude-sonnet-4-5"],
  ])("%s %s", (provider, texts, key) => {
    expect(modelKeyOf(provider, cloudModel(provider, texts))).toEqual({ key, isKnown: true });
  }); // prettier-ignore

  it("keeps what nobody knows as it is said", () => {
    expect(cloudModel("aws", ["Amazon Bedrock", "USE1-OrionAlpha-input-tokens"])).toBe("orion-alpha");
    expect(cloudModel("aws", ["Amazon Bedrock", ""])).toBe("");
  });
});

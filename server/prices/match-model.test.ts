import { type Provider, waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { matchModel } from "./match-model";

const cases: [provider: string, model: string, found: string | null][] = [
  ["openai", "gpt-4o", "openai gpt-4o"],
  ["OpenAI", " GPT-4o ", "openai gpt-4o"],
  ["openai", "gpt-4o-2024-08-06", "openai gpt-4o"],
  ["openai.responses", "gpt-5", "openai gpt-5"],
  ["openai", "openai/gpt-4o", "openai gpt-4o"],
  ["openai", "anthropic/claude-sonnet-4-5", null],
  ["openai", "ft:gpt-4o:acme", null],
  ["anthropic.messages", "claude-sonnet-4-5-20250929", "anthropic claude-sonnet-4-5"],
  ["azure", "gpt-4o", "openai gpt-4o"],
  ["azure.ai.openai", "gpt-4o", "openai gpt-4o"],
  ["azure.ai.inference", "gpt-4o", "openai gpt-4o"],
  ["azure_ai", "gpt-4o", "openai gpt-4o"],
  ["az.ai.openai", "gpt-4o", "openai gpt-4o"],
  ["x_ai", "grok-4", "x-ai grok-4-0709"],
  ["xai.chat", "grok-4", "x-ai grok-4-0709"],
  ["gcp.gen_ai", "gemini-2.5-flash", "google gemini-2.5-flash"],
  ["gcp.gemini", "models/gemini-2.5-flash", "google gemini-2.5-flash"],
  ["gcp.vertex_ai", "claude-sonnet-4-5@20250929", "google claude-sonnet-4-5"],
  ["vertex_ai", "gemini-2.5-pro", "google gemini-2.5-pro"],
  [
    "bedrock",
    "anthropic.claude-3-haiku-20240307-v1:0",
    "aws regional.anthropic.claude-3-haiku-20240307-v1:0",
  ],
  ["mistral_ai", "mistral-large-latest", "mistral mistral-large"],
  ["groq.chat", "llama-3.3-70b-versatile", "groq llama-3.3-70b-versatile"],
  ["litellm", "openai/gpt-4o", "openai gpt-4o"],
  ["litellm", "gpt-4o", "openai gpt-4o"],
  ["", "claude-sonnet-4-5", "anthropic claude-sonnet-4-5"],
  ["", "in-house-7b", null],
  ["acme-gateway", "gpt-4o", null],
  ["openai", "", null],
  ["openai", `gpt-4o${"-".repeat(300)}`, null],
];

describe("matchModel", () => {
  it.each(cases)("%s | %s → %s", (provider, model, found) => {
    const match = matchModel(provider, model);
    expect(match && `${match.provider} ${match.model}`).toBe(found);
    expect(matchModel(provider, model)).toEqual(match);
  });

  it("finds some entry of the list for every name that the list has, and never throws", async () => {
    const providers: Provider[] = (await waitForUpdate()) ?? [];
    const listed = new Set(
      providers.flatMap(({ id, models }) => models.map((model) => `${id}\n${model.id}`)),
    );
    expect(listed.size).toBeGreaterThan(1_000);
    const strangers = [...listed].filter((entry) => {
      const [provider = "", model = ""] = entry.split("\n");
      const match = matchModel(provider, model);
      return match !== null && !listed.has(`${match.provider}\n${match.model}`);
    });
    expect(strangers).toEqual([]);
  });
});

import { at } from "@/server/provider-usage/fields";

/** Who answers behind an address that speaks OpenAI's or Anthropic's language: their prices are not OpenAI's. */
const hosts: [suffix: string, provider: string][] = [
  ["openai.azure.com", "azure"],
  ["services.ai.azure.com", "azure"],
  ["api.openai.com", "openai"],
  ["api.anthropic.com", "anthropic"],
  ["api.x.ai", "x_ai"],
  ["api.groq.com", "groq"],
  ["api.deepseek.com", "deepseek"],
  ["api.mistral.ai", "mistral"],
  ["openrouter.ai", "openrouter"],
  ["api.together.xyz", "together"],
  ["api.fireworks.ai", "fireworks"],
  ["api.cerebras.ai", "cerebras"],
  ["api.perplexity.ai", "perplexity"],
  ["api.moonshot.ai", "moonshotai"],
  ["generativelanguage.googleapis.com", "google"],
];

/** An address that we do not know is named by its host: unpriced, rather than priced as somebody else's. */
export function providerOf(client: unknown, usual: string): string {
  const baseUrl = at(client, "baseURL");
  if (typeof baseUrl !== "string") return usual;
  try {
    const { hostname } = new URL(baseUrl);
    return hosts.find(([suffix]) => hostname === suffix || hostname.endsWith(`.${suffix}`))?.[1] ?? hostname;
  } catch {
    return usual;
  }
}

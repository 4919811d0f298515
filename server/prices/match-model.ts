import { calcPrice, findProvider, type ModelInfo, type Provider } from "@pydantic/genai-prices";
import { LRUCache } from "lru-cache";

/** A model as the price book names it. */
export interface BookModel {
  provider: string;
  model: string;
}

/** A model as it was sent; with the list's name of the provider alone; and as the list names it, if it does. */
export interface ModelNames {
  sent: BookModel;
  aliased: BookModel;
  listed: BookModel | null;
}

/** Names of OpenTelemetry, LiteLLM and the AI SDK that the package does not know (or, Azure, takes for OpenAI). */
const aliases: Record<string, string> = {
  x_ai: "x-ai",
  "gcp.gen_ai": "google",
  fireworks_ai: "fireworks",
  novita_ai: "novita",
};
const azure = /^(az|azure)([._-]|$)/;

/** Longer names are nobody's models, and the package's patterns should not have to chew them. */
const longestName = 256;
const memory = new LRUCache<string, { found: BookModel | null }>({ max: 20_000 });

/**
 * Provider and model as sent → the entry of the book that prices them, or null. Without a provider the model's name
 * decides; with an unknown one nothing matches, for a gateway's price need not be the maker's.
 */
export function matchModel(provider: string, model: string): BookModel | null {
  if (provider.length > longestName || model.length > longestName) return null;
  const key = `${provider}\n${model}`;
  const known = memory.get(key);
  if (known) return known.found;
  const found = match(provider.toLowerCase().trim(), model.toLowerCase().trim());
  memory.set(key, { found });
  return found;
}

function match(provider: string, model: string): BookModel | null {
  if (model === "") return null;
  if (provider === "litellm") return matchBehindProxy(model);
  const providerId = provider === "" ? undefined : providerIdOf(provider);
  if (providerId === null) return null;
  return entryOf(model, providerId) ?? entryOf(withoutPrefix(model, providerId), providerId);
}

/** The proxy is nobody's price list: the provider stands in the model's name ("openai/gpt-4o"), or nowhere. */
function matchBehindProxy(model: string): BookModel | null {
  const [prefix = "", ...rest] = model.split("/");
  return rest.length > 0 && providerIdOf(prefix) ? match(prefix, rest.join("/")) : match("", model);
}

/** "groq.chat" and "xai.responses" are the AI SDK's names of an interface; the provider stands before the point. */
function providerIdOf(sent: string): string | null {
  if (azure.test(sent)) return "azure";
  for (const name of [sent, sent.split(".")[0] ?? sent]) {
    const provider = findProvider({ providerId: aliases[name] ?? name });
    if (provider) return provider.id;
  }
  return null;
}

/** All names by which prices of a model may be found. */
export function namesOf(model: BookModel): ModelNames {
  const sent = plainName(model);
  const aliased = { provider: bookProvider(sent.provider), model: sent.model };
  return { sent, aliased, listed: matchModel(model.provider, model.model) };
}

/** Names that people wrote: neither case nor space at the ends tells models apart. */
export function plainName({ provider, model }: BookModel): BookModel {
  return withoutProvider({ provider: provider.trim().toLowerCase(), model: model.trim().toLowerCase() });
}

/** The price list's name of a provider, or what was sent if the list does not know it. Lower-cased. */
export function bookProvider(sent: string): string {
  const name = sent.trim().toLowerCase();
  return name === "" || name.length > longestName ? name : (providerIdOf(name) ?? name);
}

/** "in-house/router-7b" of provider "in-house" is "router-7b": the prefix says nothing new. */
export function withoutProvider({ provider, model }: BookModel): BookModel {
  const isPrefixed = provider !== "" && model.startsWith(`${provider}/`);
  return isPrefixed ? { provider, model: model.slice(provider.length + 1) } : { provider, model };
}

/** "openai/gpt-4o" sent with provider openai (LiteLLM), "models/gemini-…" (Google): the prefix says nothing new. */
function withoutPrefix(model: string, providerId: string | undefined): string {
  const slash = model.indexOf("/");
  const prefix = model.slice(0, Math.max(slash, 0));
  const isRedundant = prefix === "models" || (prefix !== "" && providerIdOf(prefix) === providerId);
  return isRedundant ? model.slice(slash + 1) : model;
}

function entryOf(model: string, providerId: string | undefined): BookModel | null {
  // Its matching is not exported by itself; without usage the calculation is next to nothing.
  const result = calcPrice({}, model, { providerId });
  if (!result) return null;
  return { provider: ownerOf(result.model, result.provider).id, model: result.model.id };
}

/** Azure lists some models itself and lends the others from OpenAI and more: the rates stand with the owner. */
function ownerOf(model: ModelInfo, provider: Provider): Provider {
  if (provider.models.includes(model)) return provider;
  for (const providerId of provider.fallback_model_providers ?? []) {
    const lender = findProvider({ providerId });
    if (lender?.models.includes(model)) return lender;
  }
  return provider;
}

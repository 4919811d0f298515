import { bookProvider, matchModel } from "@/server/prices/match-model";

export interface ModelKey {
  /** One spelling for bill and ledger. */
  key: string;
  /** Whether the price book knows the model. */
  isKnown: boolean;
}

/** gpt-4o-2024-08-06, claude-haiku-4-5-20251001, model@20250101, model-latest */
const dated = /[-@](\d{4}-\d{2}-\d{2}|\d{8}|latest)$/;

/** A model as a bill or a call names it; display names of consoles ("Claude Haiku 4.5") are read as slugs. */
export function modelKeyOf(provider: string, model: string): ModelKey {
  const plain = model.trim().toLowerCase();
  const slug = plain.replaceAll(/[\s.]+/g, "-");
  for (const name of new Set([plain, plain.replaceAll(/\s+/g, "-"), slug])) {
    const found = matchModel(provider, name) ?? matchModel(provider, name.replace(dated, ""));
    if (found) return { key: found.model, isKnown: true };
  }
  return { key: plain.replaceAll(/\s+/g, "-").replace(dated, ""), isKnown: false };
}

/** Whether calls of a provider, as a sender named it, are on that provider's bill. */
export function isBilledBy(provider: string, sent: string): boolean {
  return bookProvider(sent) === bookProvider(provider);
}

import type { Tone } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";

type UsedModel = Outputs["prices"]["list"]["models"][number];
export type ModelPrice = NonNullable<UsedModel["price"]>;
export type Layer = ModelPrice["layer"];

/** Whose word a price is, in a few letters and in a sentence. */
export const layers: Record<Layer, { label: string; tone: Tone; title: string }> = {
  contract: { label: "your contract", tone: "accent", title: "Rates of your own contract." },
  platform: { label: "platform", tone: "neutral", title: "Set by this installation's operator." },
  list: { label: "list", tone: "neutral", title: "The public list price (genai-prices)." },
  litellm: { label: "list", tone: "neutral", title: "The public list price (LiteLLM's list)." },
};

/** "12 % off", "5 % on top"; null without a rule. */
export function ruleLabel(factor: string): string | null {
  const percent = Math.round((Number(factor) - 1) * 1_000_000) / 10_000;
  if (percent === 0) return null;
  return percent < 0 ? `${String(-percent)}% off` : `${String(percent)}% on top`;
}

/** Where the page of a model is. */
export function modelHref(slug: string, { provider, model }: { provider: string; model: string }): string {
  return `/${slug}/prices/model?${new URLSearchParams({ provider, model }).toString()}`;
}

/** The same page with its form for contract rates open. */
export function addContractHref(slug: string, model: { provider: string; model: string }): string {
  return `${modelHref(slug, model)}&add=contract`;
}

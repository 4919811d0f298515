import { expect, it } from "vitest";
import type { WhyPart } from "@/server/analytics/why-schemas";
import { contributorLabel } from "./contributor-label";

const share = (name: string | null) => ({
  name,
  share: [0, 1] as const,
  tokensPerCall: 1,
  costPerCallUsd: "1",
});
const of = (feature: string | null, isRest = false) => ({ usd: "1", work: { feature, kind: "llm", isRest } });
const shift = { lost: share("old"), gained: share("v4") };

it.each<[WhyPart, boolean, string]>([
  [{ cause: "volume", requests: [10, 20], ...of("chat") }, true, "more requests"],
  [{ cause: "volume", requests: [0, 20], ...of("chat") }, false, "chat: new requests"],
  [{ cause: "promptVersion", prompt: "draft", between: "versions", ...shift, ...of("mail") }, true, "prompt draft v4"],
  [{ cause: "promptVersion", prompt: null, between: "prompts", ...shift, ...of("mail") }, false, "mail: prompt v4"],
  [{ cause: "modelMix", lost: share("a"), gained: share(null), ...of(null) }, false, "calls without a feature: model without a name"],
  [{ cause: "tokens", input: [1, 2], output: [1, 2], ...of(null, true) }, false, "other features: tokens per call"],
  [{ cause: "retries", attemptsPerRequest: [1, 9], requests: [1, 1], ...of("agent") }, true, "retries"],
  [{ cause: "price", provider: "openai", model: "gpt-4o", features: ["chat"], level: 2, listed: [], usd: "1", work: null }, false, "price of gpt-4o"],
])("%j", (part, isOneFeature, label) => expect(contributorLabel(part, isOneFeature)).toBe(label)); // prettier-ignore

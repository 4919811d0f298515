import { aiSdk } from "@/server/provider-usage/ai-sdk";
import { at } from "@/server/provider-usage/fields";
import type { Call } from "./api";

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** What a response, message or chunk says of its call: which response, which model, how many tokens, by which service. */
export function responseFacts(response: unknown): Call {
  return {
    kind: isEmbedding(response) ? "embedding" : "llm",
    model: text(at(response, "model")),
    providerRequestId: text(at(response, "id")),
    serviceTier: text(at(response, "service_tier")) ?? text(at(at(response, "usage"), "service_tier")),
    providerUsage: at(response, "usage"),
  };
}

function isEmbedding(response: unknown): boolean {
  const data = at(response, "data");
  return at(response, "object") === "list" && at(at(data, "0"), "object") === "embedding";
}

/** A call for each step: every step is a request of its own, with an id of its own. */
export function aiSdkCalls(result: unknown): Call[] {
  const steps = at(result, "steps");
  const all = Array.isArray(steps) && steps.length > 0 ? (steps as unknown[]) : [result];
  return all.map((step) => {
    const response = at(step, "response");
    const usage = at(step, "usage");
    return {
      kind: (at(step, "embedding") ?? at(step, "embeddings")) ? "embedding" : "llm",
      provider: text(at(at(step, "model"), "provider")),
      model: text(at(response, "modelId")) ?? text(at(at(step, "model"), "modelId")),
      providerRequestId: text(at(response, "id")),
      usage:
        aiSdk(usage, at(step, "providerMetadata") ?? at(step, "experimental_providerMetadata")) ?? undefined,
    };
  });
}

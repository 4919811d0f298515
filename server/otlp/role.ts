import type { CallInput } from "@/server/calls/schemas";
import type { Attributes } from "./decoded";

type CallKind = CallInput["kind"];

/** leaf: one attempt at a model, by its own word. tool: never a cost of its own. other: agents, steps, and who knows. */
export type Role = { is: "leaf"; kind: CallKind } | { is: "tool" } | { is: "other" };

const tool: Role = { is: "tool" };
const other: Role = { is: "other" };
const leaf = (kind: CallKind): Role => ({ is: "leaf", kind });

const llm = leaf("llm");
const embedding = leaf("embedding");
const rerank = leaf("rerank");
const image = leaf("image");
const audio = leaf("audio");

/** Of `gen_ai.operation.name`, as the conventions, OpenLLMetry and the AI SDK 7 fill it. */
const operations = new Map<string, Role>([
  ["chat", llm],
  ["text_completion", llm],
  ["completion", llm],
  ["generate_content", llm],
  ["generate", llm],
  ["embeddings", embedding],
  ["embedding", embedding],
  ["rerank", rerank],
  ["image_generation", image],
  ["image_edit", image],
  ["image_variation", image],
  ["ai.generatespeech", audio],
  ["ai.transcribe", audio],
  ["ai.streamtranscribe", audio],
  ["execute_tool", tool],
]);
const observations = new Map<string, Role>([
  ["generation", llm],
  ["embedding", embedding],
  ["tool", tool],
]);
const openInferenceKinds = new Map<string, Role>([
  ["llm", llm],
  ["embedding", embedding],
  ["reranker", rerank],
  ["tool", tool],
]);
/** Older OpenLLMetry. */
const requestTypes = new Map<string, Role>([
  ["chat", llm],
  ["completion", llm],
  ["embedding", embedding],
  ["rerank", rerank],
]);

const words: readonly [name: string, roles: Map<string, Role>][] = [
  ["langfuse.observation.type", observations],
  ["openinference.span.kind", openInferenceKinds],
  ["gen_ai.operation.name", operations],
];

export const roleNames = [
  ...words.map(([name]) => name),
  "ai.operationId",
  "llm.request.type",
  "traceloop.span.kind",
];

/** What a span says it is. Whoever knows best is asked first; a word that nobody knows is no leaf (formats 1.6). */
export function roleOf(attributes: Attributes): Role {
  for (const [name, roles] of words) {
    const word = attributes.get(name);
    if (typeof word === "string") return roles.get(word.toLowerCase()) ?? other;
  }
  const operation = attributes.get("ai.operationId");
  if (typeof operation === "string") return aiSdkRole(operation);
  const requestType = attributes.get("llm.request.type");
  if (typeof requestType === "string") return requestTypes.get(requestType.toLowerCase()) ?? other;
  return attributes.get("traceloop.span.kind") === "tool" ? tool : other;
}

/** AI SDK 4 to 6: `ai.generateText` sums up its `ai.generateText.doGenerate`. */
function aiSdkRole(operation: string): Role {
  if (operation === "ai.toolCall") return tool;
  const step = operation.slice(operation.lastIndexOf(".") + 1);
  if (step === "doGenerate" || step === "doStream") return llm;
  if (step === "doEmbed") return embedding;
  return step === "doRerank" ? rerank : other;
}

import type { CallInput } from "@/server/calls/schemas";

type Kind = CallInput["kind"];

/** LiteLLM's names of its functions, without the "a" of the asynchronous ones. */
const kinds: Record<string, Kind> = {
  completion: "llm",
  text_completion: "llm",
  responses: "llm",
  anthropic_messages: "llm",
  generate_content: "llm",
  generate_content_stream: "llm",
  pass_through_endpoint: "llm",
  llm_passthrough_route: "llm",
  realtime: "llm",
  embedding: "embedding",
  rerank: "rerank",
  image_generation: "image",
  image_edit: "image",
  image_variation: "image",
  transcription: "audio",
  speech: "audio",
  moderation: "moderation",
  call_mcp_tool: "tool",
  search: "tool",
  ocr: "other",
};

/** Calls that manage things at a provider and are billed by nobody: files, batches, fine-tuning, listings. */
const management =
  /batch|file|fine_tuning|assistant|thread|vector_store|container|eval|skill|_list|list_|health|cancel_/;
/** Looks at an answer of before: its usage is that of the call that made it. */
const reading = /(get|delete|cancel)_responses|list_input_items/;

/** What a call is, by LiteLLM's call_type. What we do not know is taken for a model's answer, as most are. */
export function kindOf(callType: string): Kind {
  const name = callType.replace(/^_/, "");
  return kinds[name] ?? kinds[name.replace(/^a/, "")] ?? (name.includes("image") ? "image" : "llm");
}

/** Whether such a call costs nothing unless it reports usage or a cost (a finished batch does). */
export function isManagement(callType: string): boolean {
  return management.test(callType);
}

export function isReading(callType: string): boolean {
  return reading.test(callType);
}

/** Asks for a batch, of which only the finished one has usage. `abatch_completion` is many calls at once instead. */
export function isBatch(callType: string): boolean {
  return callType.includes("batch") && !callType.includes("completion");
}

/** What the providers of the examples answer. */
export const openAiAnswer = {
  id: "chatcmpl-example",
  object: "chat.completion",
  model: "gpt-4o-mini-2024-07-18",
  service_tier: "default",
  choices: [{ index: 0, message: { role: "assistant", content: "It is on its way." }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100, prompt_tokens_details: { cached_tokens: 0 } },
}; // prettier-ignore

const chunk = (more: object) => ({ id: "chatcmpl-stream", object: "chat.completion.chunk", model: "gpt-4o-mini-2024-07-18", ...more }); // prettier-ignore
export const openAiChunks = [
  chunk({ choices: [{ index: 0, delta: { role: "assistant", content: "Because " } }], usage: null }),
  chunk({ choices: [{ index: 0, delta: { content: "it is far." }, finish_reason: "stop" }], usage: null }),
  chunk({ choices: [], usage: { prompt_tokens: 2000, completion_tokens: 200, total_tokens: 2200 } }),
];

export const anthropicAnswer = {
  id: "msg_example",
  type: "message",
  role: "assistant",
  model: "claude-haiku-4-5-20251001",
  content: [{ type: "text", text: "A sentence." }],
  stop_reason: "end_turn",
  usage: { input_tokens: 1000, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 100, service_tier: "standard" },
}; // prettier-ignore

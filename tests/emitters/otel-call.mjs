// One call by the current names of the GenAI conventions.
import { SpanKind } from "@opentelemetry/api";
import { secret, startTelemetry, user } from "./otel.mjs";

const { provider, tracer } = startTelemetry("my-app");
const span = tracer.startSpan("chat gpt-4o", {
  kind: SpanKind.CLIENT,
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [{ type: "text", content: secret }] }]),
    "gen_ai.conversation.id": "conversation-7",
    "gen_ai.prompt.name": "greeting",
    "user.id": user,
    feature: "support",
    team: "care",
  },
});
span.addEvent("gen_ai.client.inference.operation.details", { "gen_ai.output.messages": secret });
span.setAttributes({
  "gen_ai.response.id": `chatcmpl-${user}`,
  "gen_ai.response.model": "gpt-4o-2024-08-06",
  "gen_ai.response.finish_reasons": ["stop"],
  "gen_ai.usage.input_tokens": 1_200,
  "gen_ai.usage.cache_read.input_tokens": 400,
  "gen_ai.usage.output_tokens": 180,
});
span.end();
await provider.shutdown();

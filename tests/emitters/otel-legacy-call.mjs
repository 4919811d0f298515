// One call by the names of the first generation, which instrumentations of 2024 and before still send.
import { SpanKind } from "@opentelemetry/api";
import { secret, startTelemetry, user } from "./otel.mjs";

const { provider, tracer } = startTelemetry("old-instrumentation");
const span = tracer.startSpan("openai.chat", {
  kind: SpanKind.CLIENT,
  attributes: {
    "gen_ai.system": "openai",
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "gpt-4o-mini",
    "gen_ai.prompt": secret,
    "gen_ai.user": user,
    feature: "search",
    prompt_id: "rewrite-query",
  },
});
span.setAttributes({
  "gen_ai.response.model": "gpt-4o-mini-2024-07-18",
  "gen_ai.completion": secret,
  "gen_ai.usage.prompt_tokens": 3_000,
  "gen_ai.usage.completion_tokens": 200,
});
span.end();
await provider.shutdown();

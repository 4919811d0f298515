// A parent that ends after its children were exported, as long agent runs do; it alone knows feature, user and prompt.
import { SpanKind } from "@opentelemetry/api";
import { startTelemetry, user } from "./otel.mjs";

const { provider, tracer } = startTelemetry("my-agent");
const model = { "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o" };
const used = (input, output) => ({
  "gen_ai.usage.input_tokens": input,
  "gen_ai.usage.output_tokens": output,
});

await tracer.startActiveSpan("invoke_agent writer", async (agent) => {
  for (const [input, output] of [
    [1_000, 100],
    [2_000, 200],
  ]) {
    const attributes = { "gen_ai.operation.name": "chat", ...model, ...used(input, output) };
    tracer.startSpan("chat gpt-4o", { kind: SpanKind.CLIENT, attributes }).end();
  }
  await provider.forceFlush();
  agent.setAttributes({
    "gen_ai.operation.name": "invoke_agent",
    ...model,
    ...used(3_000, 300),
    "user.id": user,
    feature: "writing",
    "gen_ai.prompt.name": "outline",
  });
  agent.end();
});
await provider.shutdown();

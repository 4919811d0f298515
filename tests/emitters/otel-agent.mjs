// An agent's trace: the parent sums up what its three model calls used, a tool runs between them, all in one export.
import { SpanKind } from "@opentelemetry/api";
import { secret, startTelemetry, user } from "./otel.mjs";

const { provider, tracer } = startTelemetry("my-agent");
const model = {
  "gen_ai.provider.name": "anthropic",
  "gen_ai.request.model": "claude-sonnet-4-5",
  "gen_ai.response.model": "claude-sonnet-4-5-20250929",
};
const used = (input, output) => ({
  "gen_ai.usage.input_tokens": input,
  "gen_ai.usage.output_tokens": output,
});

function chat(input, output) {
  const attributes = { "gen_ai.operation.name": "chat", ...model, "gen_ai.input.messages": secret };
  tracer.startActiveSpan("chat claude-sonnet-4-5", { kind: SpanKind.CLIENT, attributes }, (span) => {
    span.setAttributes(used(input, output));
    span.end();
  });
}

function tool() {
  const attributes = {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": "find_order",
    "gen_ai.tool.call.arguments": secret,
  };
  tracer.startActiveSpan("execute_tool find_order", { attributes }, (span) => span.end());
}

tracer.startActiveSpan(
  "invoke_agent refunds",
  {
    attributes: {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": "refund-agent",
      ...model,
      "user.id": user,
      feature: "refunds",
      "gen_ai.prompt.name": "refund-policy",
    },
  },
  (agent) => {
    chat(1_000, 100);
    tool();
    chat(2_000, 200);
    chat(3_000, 300);
    agent.setAttributes(used(6_000, 600));
    agent.end();
  },
);
await provider.shutdown();

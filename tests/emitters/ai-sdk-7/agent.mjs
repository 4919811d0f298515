// AI SDK 7 with a tool: usage on the agent's span and on each model call; the function's id on the root alone.
import { diag, DiagConsoleLogger, DiagLogLevel } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { OpenTelemetry } from "@ai-sdk/otel";
import { generateText, registerTelemetry, stepCountIs, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";

diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
const user = process.env.EMITTER_USER;
const secret = "CANARY-prompt-text";
const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();
// The user is known to the root span alone, as the guide's example of enrichSpan has it.
registerTelemetry(
  new OpenTelemetry({
    enrichSpan: ({ spanType }) => (spanType === "operation" ? { "user.id": user } : undefined),
  }),
);

const used = (input, cached, output) => ({
  inputTokens: { total: input, noCache: input - cached, cacheRead: cached, cacheWrite: undefined },
  outputTokens: { total: output, text: output, reasoning: undefined },
});
const answers = [
  {
    content: [
      {
        type: "tool-call",
        toolCallId: "call-1",
        toolName: "findOrder",
        input: JSON.stringify({ order: secret }),
      },
    ],
    finishReason: { unified: "tool-calls", raw: "tool_calls" },
    usage: used(1_000, 0, 50),
    warnings: [],
  },
  {
    content: [{ type: "text", text: secret }],
    finishReason: { unified: "stop", raw: "stop" },
    usage: used(1_200, 1_000, 250),
    warnings: [],
  },
];
const model = new MockLanguageModelV4({
  provider: "openai.responses",
  modelId: "gpt-4o",
  doGenerate: async () => answers.shift(),
});

await generateText({
  model,
  prompt: secret,
  stopWhen: stepCountIs(5),
  tools: {
    findOrder: tool({
      inputSchema: z.object({ order: z.string() }),
      execute: async () => ({ state: "sent" }),
    }),
  },
  telemetry: { functionId: "order-agent-7" },
});
await provider.shutdown();

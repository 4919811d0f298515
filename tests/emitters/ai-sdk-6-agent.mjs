// AI SDK 6 with a tool: two steps, so two model calls, under a root span that carries the sum of their usage.
import { generateText, stepCountIs, tool } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { z } from "zod";
import { secret, startTelemetry, user } from "./otel.mjs";

const { provider } = startTelemetry("ai");
const used = (input, output) => ({
  inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
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
    finishReason: { unified: "tool-calls", raw: "tool_use" },
    usage: used(1_000, 50),
    warnings: [],
  },
  {
    content: [{ type: "text", text: secret }],
    finishReason: { unified: "stop", raw: "end_turn" },
    usage: used(1_200, 250),
    warnings: [],
  },
];
const model = new MockLanguageModelV3({
  provider: "anthropic.messages",
  modelId: "claude-sonnet-4-5",
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
  experimental_telemetry: {
    isEnabled: true,
    functionId: "order-agent",
    metadata: { userId: user, feature: "orders" },
  },
});
await provider.shutdown();

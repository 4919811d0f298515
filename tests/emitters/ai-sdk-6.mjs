// AI SDK 6: one generateText and one streamText, each a root span around the model call; both spans carry the usage.
import { generateText, streamText, simulateReadableStream } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { secret, startTelemetry, user } from "./otel.mjs";

const { provider } = startTelemetry("ai");
const usage = {
  inputTokens: { total: 2_000, noCache: 1_500, cacheRead: 500, cacheWrite: 0 },
  outputTokens: { total: 300, text: 200, reasoning: 100 },
};
const finishReason = { unified: "stop", raw: "stop" };
const model = new MockLanguageModelV3({
  provider: "openai.responses",
  modelId: "gpt-5",
  doGenerate: { content: [{ type: "text", text: secret }], finishReason, usage, warnings: [] },
  doStream: async () => ({
    stream: simulateReadableStream({
      initialDelayInMs: null,
      chunkDelayInMs: null,
      chunks: [
        { type: "stream-start", warnings: [] },
        { type: "text-start", id: "1" },
        { type: "text-delta", id: "1", delta: secret },
        { type: "text-end", id: "1" },
        { type: "finish", finishReason, usage },
      ],
    }),
  }),
});
const telemetry = (functionId) => ({
  isEnabled: true,
  functionId,
  metadata: { userId: user, sessionId: "session-6", prompt_id: "summary" },
});

await generateText({ model, prompt: secret, experimental_telemetry: telemetry("summarize") });
await streamText({
  model,
  prompt: secret,
  experimental_telemetry: telemetry("stream-summary"),
}).consumeStream();
await provider.shutdown();

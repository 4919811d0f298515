// Langfuse's SDK as its guide has it: LANGFUSE_BASE_URL is all that differs from sending to Langfuse.
import { diag, DiagConsoleLogger, DiagLogLevel } from "@opentelemetry/api";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { propagateAttributes, startActiveObservation, startObservation } from "@langfuse/tracing";

diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
const user = process.env.EMITTER_USER;
const secret = "CANARY-prompt-text";
const provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor()] });
provider.register();

await startActiveObservation("answer-ticket", async (root) => {
  root.update({ input: secret });
  const who = { userId: user, sessionId: "session-3", metadata: { feature: "tickets" } };
  await propagateAttributes(who, async () => {
    const generation = startObservation(
      "draft",
      {
        model: "gpt-4o",
        input: [{ role: "user", content: secret }],
        modelParameters: { temperature: 0.2 },
        prompt: { name: "draft-answer", version: 4, isFallback: false },
      },
      { asType: "generation" },
    );
    generation.update({
      output: { content: secret },
      usageDetails: { input: 800, input_cached_tokens: 200, output: 150, total: 1_150 },
      costDetails: { total: 0.0099 },
    });
    generation.end();
  });
});
await provider.shutdown();

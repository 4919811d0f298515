import type { SnippetFacts } from "./snippet-facts";

/** The variables of OpenTelemetry's own exporters; header values are percent-encoded in them. */
export function openTelemetry({ baseUrl, key }: SnippetFacts): string {
  return `# For any OpenTelemetry SDK whose spans follow the GenAI conventions.
export OTEL_EXPORTER_OTLP_ENDPOINT=${baseUrl}
export OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20${key}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf

# Tags are attributes of the span, or of a span above it:
#   feature, user.id, account_id, team, gen_ai.prompt.name …`;
}

export function openLlmetry({ baseUrl, key }: SnippetFacts): string {
  return `// TRACELOOP_BASE_URL=${baseUrl} TRACELOOP_API_KEY=${key} node app.mjs
import * as traceloop from "@traceloop/node-server-sdk";
import { OpenAI } from "openai";

traceloop.initialize({
  appName: "my-app",
  traceloopSyncEnabled: false, // there are no prompts to be fetched here
  instrumentModules: { openAI: OpenAI },
});

await traceloop.withAssociationProperties({ user_id: "user-1", feature: "hello-world" }, () =>
  new OpenAI().chat.completions.create({
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: "Hello" }],
  }),
);
await traceloop.forceFlush();`;
}

const exporter = ({ baseUrl, key }: SnippetFacts) => `const exporter = new OTLPTraceExporter({
  url: "${baseUrl}/v1/traces",
  headers: { Authorization: "Bearer ${key}" },
});
const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
provider.register();`;

export function aiSdk7(facts: SnippetFacts): string {
  return `import { openai } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { generateText, registerTelemetry } from "ai";

${exporter(facts)}
registerTelemetry(
  new OpenTelemetry({
    // Tags of the root span reach the calls below it.
    enrichSpan: ({ spanType }) =>
      spanType === "operation" ? { "user.id": "user-1", feature: "hello-world" } : undefined,
  }),
);

await generateText({
  model: openai("gpt-4o"),
  prompt: "Hello",
  telemetry: { functionId: "hello" },
});
await provider.shutdown();`;
}

export function aiSdk6(facts: SnippetFacts): string {
  return `import { openai } from "@ai-sdk/openai";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { generateText } from "ai";

${exporter(facts)}

await generateText({
  model: openai("gpt-4o"),
  prompt: "Hello",
  experimental_telemetry: {
    isEnabled: true,
    recordInputs: false, // we would not keep them
    recordOutputs: false,
    metadata: { userId: "user-1", feature: "hello-world" },
  },
});
await provider.shutdown();`;
}

export function langfuse({ baseUrl, key }: SnippetFacts): string {
  return `# Langfuse's SDKs (OpenTelemetry: JS from version 4, Python from version 3) with another host.
# The public key is not looked at; without one the SDKs send nothing.
export LANGFUSE_BASE_URL=${baseUrl}
export LANGFUSE_PUBLIC_KEY=pk-lf-unused
export LANGFUSE_SECRET_KEY=${key}

# To keep using Langfuse, leave this out and connect it in Settings → Sources:
# then we ask it every hour.`;
}

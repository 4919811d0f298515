import { diag, DiagConsoleLogger, DiagLogLevel, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { defaultResource, detectResources, envDetector } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

/** OpenTelemetry as its guide sets it up: address, key, protocol and compression come from OTEL_EXPORTER_OTLP_*. */
export function startTelemetry(scope) {
  // The exporter says here what it could not deliver, and what the server took only in part.
  diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
  const isJson = process.env.OTEL_EXPORTER_OTLP_PROTOCOL === "http/json";
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(isJson ? new JsonExporter() : new ProtobufExporter())],
  });
  provider.register();
  return { provider, tracer: trace.getTracer(scope) };
}

export const user = process.env.EMITTER_USER;
/** Text that must never be found in the ledger. */
export const secret = "CANARY-prompt-text";

import { gzipSync } from "node:zlib";
import { requestBody, spanBody, toProtobuf } from "@/tests/otlp/bodies";

interface Run {
  run: string;
}

const features = ["chat", "search", "summaries", "agents"];
const spansOfTrace = 5;
const words = "The quick brown fox jumps over the lazy dog. ".repeat(8);
const resource = { "service.name": "shop", "telemetry.sdk.language": "nodejs", "telemetry.sdk.name": "opentelemetry", "telemetry.sdk.version": "2.12.0", "deployment.environment.name": "production" }; // prettier-ignore

const hex = (run: string, n: number, length: number) =>
  (Buffer.from(run).toString("hex").slice(0, 8) + n.toString(16).padStart(length - 8, "0")).slice(-length);

/** A call as an instrumentation that follows the conventions tells it, its prompt included. */
const chat = (run: string, n: number) => ({
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-4o",
  "gen_ai.request.temperature": 0.2,
  "gen_ai.request.max_tokens": 1_000,
  "gen_ai.input.messages": `[{"role":"user","parts":[{"type":"text","content":"${words}"}]}]`,
  "gen_ai.output.messages": `[{"role":"assistant","parts":[{"type":"text","content":"${words}"}]}]`,
  "gen_ai.response.model": "gpt-4o-2024-08-06",
  "gen_ai.response.id": `chatcmpl-${run}${String(n)}`,
  "gen_ai.response.finish_reasons": ["stop"],
  "gen_ai.usage.input_tokens": 800 + (n % 500),
  "gen_ai.usage.output_tokens": 50 + (n % 200),
  "gen_ai.usage.cache_read.input_tokens": n % 300,
  "server.address": "api.openai.com",
  "server.port": 443,
});
const tags = (n: number) => ({
  "user.id": `user_${String(n % 400)}`,
  feature: features[n % 4],
  team: "core",
  "gen_ai.prompt.name": `p${String(n % 9)}`,
});

const pack = (spans: readonly object[]) => gzipSync(toProtobuf("Request", requestBody(spans, resource)));

/** Traces of an agent and its four calls, tags on the agent alone, children first as they end first. */
export function tracesBody({ run }: Run, first: number, count: number, at: Date): Buffer {
  const spans = Array.from({ length: count }, (_, i) => {
    const n = first + i;
    const trace = Math.floor(i / spansOfTrace);
    const place = i % spansOfTrace;
    const isAgent = place === spansOfTrace - 1;
    const agentSpanId = hex(run, first + trace * spansOfTrace + spansOfTrace - 1, 16);
    const agent = { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 4_000, "gen_ai.usage.output_tokens": 400, ...tags(n) }; // prettier-ignore
    return spanBody({
      traceId: hex(run, first + trace * spansOfTrace, 32),
      spanId: isAgent ? agentSpanId : hex(run, n, 16),
      ...(!isAgent && { parentSpanId: agentSpanId }),
      startMs: at.getTime() - 5_000 + place,
      endMs: at.getTime() - 4_000,
      attributes: isAgent ? agent : chat(run, n),
    });
  });
  return pack(spans);
}

/** Calls by themselves, each a trace of one span with its own tags. */
export function spansBody({ run }: Run, first: number, count: number, at: Date): Buffer {
  const spans = Array.from({ length: count }, (_, i) => {
    const n = first + i;
    const startMs = at.getTime() - 2_000;
    return spanBody({ traceId: hex(run, n, 32), spanId: hex(run, n, 16), startMs, endMs: startMs + 200 + (n % 900), attributes: { ...chat(run, n), ...tags(n) } }); // prettier-ignore
  });
  return pack(spans);
}

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Where an emitter sends: all that it is told, in its own environment variables. */
export interface Target {
  url: string;
  key: string;
  userId: string;
  /** Of the server that stands in for OpenAI. */
  openAiUrl: string;
}

type Settings = (target: Target) => Record<string, string>;
interface Emitter {
  file: string;
  settings: Settings;
}

const openTelemetry = (more: Record<string, string>): Settings => {
  return ({ url, key }) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer ${key}`,
    OTEL_SERVICE_NAME: "emitters",
    ...more,
  });
};
const gzip = { OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf", OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" };
const json = { OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };

/** The programs beside this file, each an SDK as its users run it. */
export const emitters = {
  "otel-call-protobuf-gzip": { file: "otel-call.mjs", settings: openTelemetry(gzip) },
  "otel-call-json": { file: "otel-call.mjs", settings: openTelemetry(json) },
  "otel-legacy-call": { file: "otel-legacy-call.mjs", settings: openTelemetry(json) },
  "otel-agent": { file: "otel-agent.mjs", settings: openTelemetry(gzip) },
  "otel-late-parent": { file: "otel-late-parent.mjs", settings: openTelemetry(json) },
  "ai-sdk-6": { file: "ai-sdk-6.mjs", settings: openTelemetry(json) },
  "ai-sdk-6-agent": { file: "ai-sdk-6-agent.mjs", settings: openTelemetry(gzip) },
  "ai-sdk-7": { file: "ai-sdk-7/agent.mjs", settings: openTelemetry({}) },
  openllmetry: {
    file: "openllmetry/call.mjs",
    settings: ({ url, key, openAiUrl }) => ({
      TRACELOOP_BASE_URL: url,
      TRACELOOP_API_KEY: key,
      OPENAI_BASE_URL: openAiUrl,
      OPENAI_API_KEY: "sk-not-asked-for",
    }),
  },
  langfuse: {
    file: "langfuse-call.mjs",
    settings: ({ url, key }) => ({
      LANGFUSE_BASE_URL: url,
      LANGFUSE_PUBLIC_KEY: "pk-lf-unused",
      LANGFUSE_SECRET_KEY: key,
    }),
  },
} satisfies Record<string, Emitter>;
export type EmitterName = keyof typeof emitters;

/** Runs an emitter to its end. Gives all that it printed: an SDK that could not deliver says so. */
export function runEmitter(
  name: EmitterName,
  target: Target,
): Promise<{ code: number | null; output: string }> {
  const { file, settings }: Emitter = emitters[name];
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", EMITTER_USER: target.userId, ...settings(target) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

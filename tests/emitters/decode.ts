import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import type { EmitterName } from "./run";
import type { Sent } from "./wire";

/** A request in readable form, as the files in recorded/ have it. */
export interface Recorded {
  path: string;
  headers: Record<string, unknown>;
  body: unknown;
}

/** Requests of the emitter as they were recorded. */
export function recordedOf(name: EmitterName): Recorded[] {
  return JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), "utf8")) as Recorded[];
}

/** In OTLP's JSON whatever the encoding was; without what tells of the connection and the machine. */
export function readable({ path, headers, body }: Sent): Recorded {
  const plain = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  const isJson = headers["content-type"]?.startsWith("application/json");
  const kept = Object.entries(headers).filter(([name]) => name !== "host" && name !== "connection");
  return {
    path,
    headers: Object.fromEntries(kept),
    body: withoutMachine(isJson ? (JSON.parse(plain.toString()) as unknown) : decode(plain)),
  };
}

interface Message {
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): object;
}

/** OpenTelemetry's own decoder, not the product's; versions after OpenLLMetry's no longer have it. */
function decode(bytes: Uint8Array): unknown {
  const require = createRequire(new URL("openllmetry/package.json", import.meta.url));
  const { opentelemetry } = require("@opentelemetry/otlp-transformer/build/src/generated/root.js") as {
    opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Message } } } } };
  };
  const { ExportTraceServiceRequest: Message } = opentelemetry.proto.collector.trace.v1;
  return inHex(Message.toObject(Message.decode(bytes), { longs: String, bytes: String }));
}

/** Protobuf's bytes are base64 when shown as text; OTLP's JSON has ids in hex. */
function inHex(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inHex);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      /^(trace|span|parentSpan)Id$/.test(key) && typeof inner === "string"
        ? [key, Buffer.from(inner, "base64").toString("hex")]
        : [key, inHex(inner)],
    ),
  );
}

function withoutMachine(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((one) => !/^(host|process)\./.test(keyOf(one))).map(withoutMachine);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMachine(inner)]));
}

function keyOf(attribute: unknown): string {
  const { key } = Object(attribute) as { key?: unknown };
  return typeof key === "string" ? key : "";
}

/** What stays the same from run to run: where it was sent, how, and the names of all fields in their places. */
export function shapeOf({ path, headers, body }: Recorded): unknown {
  return {
    path,
    headers: [headers["content-type"], headers["content-encoding"]],
    body: namesOf(body),
  };
}

function namesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namesOf);
  if (typeof value !== "object" || value === null) return typeof value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    key === "key" || key === "name" ? inner : namesOf(inner),
  ]);
  return Object.fromEntries(entries) as unknown;
}

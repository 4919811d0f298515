import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { startOpenAi } from "./openai-server";
import { type EmitterName, emitters, runEmitter } from "./run";
import { type Sent, startWire } from "./wire";

// `node --import tsx tests/emitters/record.ts [NAME…]` writes what each emitter sends to recorded/: fixtures for the mapping.
interface Message {
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): object;
}
// OpenTelemetry's own decoder, not the product's; a later version than OpenLLMetry's no longer has it.
const require = createRequire(new URL("openllmetry/package.json", import.meta.url));
const { opentelemetry } = require("@opentelemetry/otlp-transformer/build/src/generated/root.js") as {
  opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Message } } } } };
};
const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1;

const folder = fileURLToPath(new URL("recorded/", import.meta.url));
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const openAi = await startOpenAi();
for (const name of Object.keys(emitters) as EmitterName[]) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const wire = await startWire();
  const target = { url: wire.url, key: "tl_recorded", userId: `user-${name}`, openAiUrl: openAi.url };
  const { code, output } = await runEmitter(name, target);
  await wire.stop();
  console.log(`${name}: exit ${String(code)}, ${String(wire.sent.length)} requests ${output}`);
  const requests = wire.sent.map((sent) => ({
    path: sent.path,
    headers: headersOf(sent),
    body: withoutMachine(bodyOf(sent)),
  }));
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(requests, null, 2)}\n`);
}
await openAi.stop();

function headersOf({ headers }: Sent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== "host" && name !== "connection"),
  );
}

function bodyOf({ headers, body }: Sent): unknown {
  const plain = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  if (headers["content-type"]?.startsWith("application/json")) return JSON.parse(plain.toString()) as unknown;
  const message = ExportTraceServiceRequest.toObject(ExportTraceServiceRequest.decode(plain), {
    longs: String,
    bytes: String,
  });
  return inHex(message);
}

/** Leaves out what a resource says of the machine that recorded. */
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

import protobuf from "protobufjs/light.js";
import type { INamespace } from "protobufjs";

export type Scalar = string | number | boolean | bigint | null;
export interface SpanOf {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  /** Milliseconds. */
  startMs?: number;
  endMs?: number;
  statusCode?: number;
  attributes?: Record<string, unknown>;
}

/** OTLP's messages written down once more and whole, so that our descriptor does not vouch for itself. */
const messages: INamespace = {
  nested: {
    AnyValue: {
      oneofs: { value: { oneof: ["stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue"] } },
      fields: {
        stringValue: { type: "string", id: 1 }, boolValue: { type: "bool", id: 2 }, intValue: { type: "int64", id: 3 }, doubleValue: { type: "double", id: 4 },
        arrayValue: { type: "ArrayValue", id: 5 }, kvlistValue: { type: "KeyValueList", id: 6 }, bytesValue: { type: "bytes", id: 7 },
      },
    },
    ArrayValue: { fields: { values: { rule: "repeated", type: "AnyValue", id: 1 } } },
    KeyValueList: { fields: { values: { rule: "repeated", type: "KeyValue", id: 1 } } },
    KeyValue: { fields: { key: { type: "string", id: 1 }, value: { type: "AnyValue", id: 2 } } },
    Scope: { fields: { name: { type: "string", id: 1 }, version: { type: "string", id: 2 }, attributes: { rule: "repeated", type: "KeyValue", id: 3 } } },
    Event: { fields: { timeUnixNano: { type: "fixed64", id: 1 }, name: { type: "string", id: 2 }, attributes: { rule: "repeated", type: "KeyValue", id: 3 } } },
    Status: { fields: { message: { type: "string", id: 2 }, code: { type: "int32", id: 3 } } },
    Span: {
      fields: {
        traceId: { type: "bytes", id: 1 }, spanId: { type: "bytes", id: 2 }, traceState: { type: "string", id: 3 }, parentSpanId: { type: "bytes", id: 4 },
        flags: { type: "fixed32", id: 16 }, name: { type: "string", id: 5 }, kind: { type: "int32", id: 6 }, startTimeUnixNano: { type: "fixed64", id: 7 },
        endTimeUnixNano: { type: "fixed64", id: 8 }, attributes: { rule: "repeated", type: "KeyValue", id: 9 }, events: { rule: "repeated", type: "Event", id: 11 },
        status: { type: "Status", id: 15 },
      },
    },
    ScopeSpans: { fields: { scope: { type: "Scope", id: 1 }, spans: { rule: "repeated", type: "Span", id: 2 }, schemaUrl: { type: "string", id: 3 } } },
    Resource: { fields: { attributes: { rule: "repeated", type: "KeyValue", id: 1 }, droppedAttributesCount: { type: "uint32", id: 2 } } },
    ResourceSpans: { fields: { resource: { type: "Resource", id: 1 }, scopeSpans: { rule: "repeated", type: "ScopeSpans", id: 2 }, schemaUrl: { type: "string", id: 3 } } },
    Request: { fields: { resourceSpans: { rule: "repeated", type: "ResourceSpans", id: 1 } } },
    LogRecord: {
      fields: {
        timeUnixNano: { type: "fixed64", id: 1 }, severityNumber: { type: "int32", id: 2 }, severityText: { type: "string", id: 3 }, body: { type: "AnyValue", id: 5 },
        attributes: { rule: "repeated", type: "KeyValue", id: 6 }, flags: { type: "fixed32", id: 8 }, traceId: { type: "bytes", id: 9 }, spanId: { type: "bytes", id: 10 },
      },
    },
    ScopeLogs: { fields: { scope: { type: "Scope", id: 1 }, logRecords: { rule: "repeated", type: "LogRecord", id: 2 } } },
    ResourceLogs: { fields: { resource: { type: "Resource", id: 1 }, scopeLogs: { rule: "repeated", type: "ScopeLogs", id: 2 } } },
    LogsRequest: { fields: { resourceLogs: { rule: "repeated", type: "ResourceLogs", id: 1 } } },
    PartialSuccess: { fields: { rejectedSpans: { type: "int64", id: 1 }, errorMessage: { type: "string", id: 2 } } },
    Response: { fields: { partialSuccess: { type: "PartialSuccess", id: 1 } } },
    RpcStatus: { fields: { code: { type: "int32", id: 1 }, message: { type: "string", id: 2 } } },
  },
}; // prettier-ignore
const root = protobuf.Root.fromJSON(messages);

const anyValue = (value: unknown): Record<string, unknown> => {
  if (value === null || value === undefined) return {};
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "bigint") return { intValue: String(value) };
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? { intValue: value }
      : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: pairs(value) } };
};
export const pairs = (attributes: object) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

let made = 0;
/** A span as JSON has it; ids are new unless given. */
export function spanBody(span: SpanOf) {
  made += 1;
  const startMs = span.startMs ?? Date.now();
  return {
    traceId: span.traceId ?? made.toString(16).padStart(32, "a"),
    spanId: span.spanId ?? made.toString(16).padStart(16, "b"),
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: "span",
    kind: 3,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${span.endMs ?? startMs + 100}000000`,
    attributes: pairs(span.attributes ?? {}),
    status: { code: span.statusCode ?? 0 },
  };
}
export type SpanBody = ReturnType<typeof spanBody>;

export function requestBody(spans: readonly unknown[], resource: object = { "service.name": "test" }) {
  return {
    resourceSpans: [
      { resource: { attributes: pairs(resource) }, scopeSpans: [{ scope: { name: "test" }, spans }] },
    ],
  };
}
export type RequestBody = ReturnType<typeof requestBody>;

/** Binary from what JSON writes in hex and in strings. */
export function toProtobuf(name: "Request" | "LogsRequest", body: object): Buffer {
  const type = root.lookupType(name);
  const binary = JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) && typeof value === "string"
      ? Buffer.from(value, "hex").toString("base64")
      : value,
  ) as Record<string, unknown>;
  return Buffer.from(type.encode(type.fromObject(binary)).finish());
}

/** An answer in protobuf as JSON would have it. */
export function fromProtobuf(name: "Response" | "RpcStatus", bytes: Uint8Array): unknown {
  const type = root.lookupType(name);
  return type.toObject(type.decode(bytes), { longs: String });
}

import { DomainError } from "@/server/errors";
import {
  type Attributes,
  type AttributeValue,
  type DecodedRequest,
  type DecodedSpan,
  idOf,
  isSaneTime,
  type SpanFault,
  type Wanted,
} from "./decoded";

/** The spans of an ExportTraceServiceRequest in OTLP's JSON. @throws DomainError INVALID_INPUT when it is none */
export function decodeJson(body: Buffer, wanted: Wanted): DecodedRequest {
  const request = parse(body);
  const decoded: DecodedRequest = { spans: [], faults: [] };
  for (const group of listOf(request, "resourceSpans")) {
    const resource =
      attributesOf(at(at(group, "resource"), "attributes"), wanted) ?? new Map<string, never>();
    for (const scope of listOf(group, "scopeSpans")) {
      for (const sent of listOf(scope, "spans")) {
        const span = spanOf(sent, resource, wanted);
        if (typeof span === "string") decoded.faults.push(span);
        else decoded.spans.push(span);
      }
    }
  }
  return decoded;
}

const invalid = (message: string, cause?: unknown) =>
  new DomainError("INVALID_INPUT", message, {}, { cause });

function parse(body: Buffer): unknown {
  let request: unknown;
  try {
    request = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw invalid("The body is not valid JSON.", cause);
  }
  if (typeof request !== "object" || request === null || Array.isArray(request))
    throw invalid("The body is not an ExportTraceServiceRequest.");
  return request;
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** Absent is empty; but where something else stands than a list of messages, spans may be lost in it. */
function listOf(value: unknown, name: string): unknown[] {
  const list = at(value, name) ?? [];
  if (!Array.isArray(list)) throw invalid(`${name} is not a list.`);
  return list as unknown[];
}

function spanOf(span: unknown, resource: Attributes, wanted: Wanted): DecodedSpan | SpanFault {
  if (typeof span !== "object" || span === null || Array.isArray(span))
    return "no span (cut short, or of another type)";
  const traceId = hexOf(at(span, "traceId"), 32);
  if (traceId === null) return "no valid trace id (an OTLP body of logs or metrics?)";
  const spanId = hexOf(at(span, "spanId"), 16);
  if (spanId === null) return "no valid span id";
  const startMs = millisecondsOf(at(span, "startTimeUnixNano"));
  if (startMs === null) return "no valid start time";
  const attributes = attributesOf(at(span, "attributes"), wanted);
  if (attributes === null) return "attributes that are no list of {key, value}";
  const code = at(at(span, "status"), "code");
  return {
    traceId,
    spanId,
    parentSpanId: hexOf(at(span, "parentSpanId"), 16),
    startMs,
    endMs: millisecondsOf(at(span, "endTimeUnixNano")),
    hasFailed: code === 2 || code === "STATUS_CODE_ERROR",
    attributes,
    resource,
  };
}

const hex = /^[0-9a-fA-F]*$/;

function hexOf(value: unknown, length: 16 | 32): string | null {
  return typeof value === "string" && hex.test(value) ? idOf(value.toLowerCase(), length) : null;
}

/** 64-bit integers are strings or numbers here; null for a time that none of ours can be. */
function millisecondsOf(nanoseconds: unknown): number | null {
  const isDigits = typeof nanoseconds === "string" && /^\d{7,20}$/.test(nanoseconds);
  const ms = isDigits ? Number(nanoseconds.slice(0, -6)) : Math.floor(Number(nanoseconds) / 1e6);
  return (isDigits || typeof nanoseconds === "number") && isSaneTime(ms) ? ms : null;
}

/** Null when they are no list of keys and values, as hand-made exporters send them. */
function attributesOf(list: unknown, wanted: Wanted): Map<string, AttributeValue> | null {
  const attributes = new Map<string, AttributeValue>();
  if (list === undefined || list === null) return attributes;
  if (!Array.isArray(list)) return null;
  for (const pair of list as unknown[]) {
    const key = at(pair, "key");
    if (typeof key !== "string") return null;
    if (!wanted.has(key)) continue;
    const value = scalarOf(at(pair, "value"));
    if (value !== undefined && value !== "" && !Number.isNaN(value)) attributes.set(key, value);
  }
  return attributes;
}

/** Undefined for an empty value: exporters write a NaN as null. */
function scalarOf(any: unknown): AttributeValue | undefined {
  if (any === undefined || any === null) return undefined;
  const text = at(any, "stringValue");
  if (typeof text === "string") return text;
  const int = at(any, "intValue");
  if (typeof int === "number") return int;
  if (typeof int === "string") return /^-?\d{1,20}$/.test(int) ? Number(int) : null;
  const double = at(any, "doubleValue");
  if (typeof double === "number") return double;
  if (typeof double === "string")
    return /^(NaN|-?Infinity|-?[\d.eE+-]{1,40})$/.test(double) ? Number(double) : null;
  const bool = at(any, "boolValue");
  if (typeof bool === "boolean") return bool;
  const isEmpty = [text, int, double, bool].some((value) => value === null) || Object.keys(any).length === 0;
  return isEmpty ? undefined : null;
}

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
import {
  type Bits64,
  decodeAnyValue,
  decodeRequest,
  decodeSpan,
  type KeyValueMessage,
  type RequestMessage,
} from "./messages";

/** The spans of an ExportTraceServiceRequest in protobuf. @throws DomainError INVALID_INPUT when it is none */
export function decodeProtobuf(body: Uint8Array, wanted: Wanted): DecodedRequest {
  let request: RequestMessage;
  try {
    request = decodeRequest(body);
  } catch (cause) {
    throw new DomainError("INVALID_INPUT", "The body is not an ExportTraceServiceRequest.", {}, { cause });
  }
  const decoded: DecodedRequest = { spans: [], faults: [] };
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const resourceAttributes = attributesOf(resource?.attributes ?? [], wanted) ?? new Map<string, never>();
    for (const { spans } of scopeSpans) {
      for (const bytes of spans) {
        const span = spanOf(bytes, resourceAttributes, wanted);
        if (typeof span === "string") decoded.faults.push(span);
        else decoded.spans.push(span);
      }
    }
  }
  return decoded;
}

function spanOf(bytes: Uint8Array, resource: Attributes, wanted: Wanted): DecodedSpan | SpanFault {
  try {
    const span = decodeSpan(bytes);
    const traceId = idOf(span.traceId.toString("hex"), 32);
    if (traceId === null) return "no valid trace id (an OTLP body of logs or metrics?)";
    const spanId = idOf(span.spanId.toString("hex"), 16);
    if (spanId === null) return "no valid span id";
    const startMs = millisecondsOf(span.startTimeUnixNano);
    if (!isSaneTime(startMs)) return "no valid start time";
    const attributes = attributesOf(span.attributes, wanted);
    if (attributes === null) return "no span (cut short, or of another type)";
    const endMs = millisecondsOf(span.endTimeUnixNano);
    return {
      traceId,
      spanId,
      parentSpanId: idOf(span.parentSpanId.toString("hex"), 16),
      startMs,
      endMs: isSaneTime(endMs) ? endMs : null,
      hasFailed: span.status?.code === 2,
      attributes,
      resource,
    };
  } catch {
    return "no span (cut short, or of another type)";
  }
}

/** Null when a value that somebody asks for is no value. */
function attributesOf(list: readonly KeyValueMessage[], wanted: Wanted): Map<string, AttributeValue> | null {
  const attributes = new Map<string, AttributeValue>();
  for (const { key, value } of list) {
    if (value.length === 0 || !wanted.has(key)) continue;
    try {
      const scalar = scalarOf(value);
      if (scalar !== "" && !Number.isNaN(scalar)) attributes.set(key, scalar);
    } catch {
      return null;
    }
  }
  return attributes;
}

function scalarOf(bytes: Uint8Array): AttributeValue {
  const any = decodeAnyValue(bytes);
  switch (any.value) {
    case "stringValue":
      return any.stringValue;
    case "intValue":
      return any.intValue.high * 2 ** 32 + (any.intValue.low >>> 0);
    case "doubleValue":
      return any.doubleValue;
    case "boolValue":
      return any.boolValue;
    case undefined:
      return null;
  }
}

/** Nanoseconds to whole milliseconds without a big integer: 2³² ns are 4294 ms and 967,296 ns. */
function millisecondsOf({ low, high }: Bits64): number {
  const upper = high >>> 0;
  return upper * 4294 + Math.floor((upper * 967_296 + (low >>> 0)) / 1e6);
}

import protobuf from "protobufjs/light.js";
import { descriptor } from "./descriptor";

/** 64 bits in two halves; `low` may be negative. */
export interface Bits64 {
  low: number;
  high: number;
}

export interface KeyValueMessage {
  key: string;
  value: Uint8Array;
}

export interface RequestMessage {
  resourceSpans: {
    resource: { attributes: KeyValueMessage[] } | null;
    scopeSpans: { spans: Uint8Array[] }[];
  }[];
}

export interface SpanMessage {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  startTimeUnixNano: Bits64;
  endTimeUnixNano: Bits64;
  attributes: KeyValueMessage[];
  status: { code: number } | null;
}

export interface AnyValueMessage {
  /** Which of the fields is set; none for an empty value, and for lists and maps. */
  value?: "stringValue" | "boolValue" | "intValue" | "doubleValue";
  stringValue: string;
  boolValue: boolean;
  intValue: Bits64;
  doubleValue: number;
}

const root = protobuf.Root.fromJSON(descriptor);

function decoderOf(name: string): (bytes: Uint8Array) => unknown {
  const type = root.lookupType(name);
  return (bytes) => {
    const reader = protobuf.Reader.create(bytes);
    // What it does not know it would keep beside the message, prompts and all.
    reader.discardUnknown = true;
    return type.decode(reader);
  };
}

function encoderOf(name: string): (message: object) => Buffer {
  const type = root.lookupType(name);
  return (message) => Buffer.from(type.encode(type.create(message)).finish());
}

// protobufjs knows the shape of a message at run time alone: here, and nowhere else, we take the descriptor's word for it.
// All decoders throw on bytes that are no such message.
export const decodeRequest = decoderOf("ExportTraceServiceRequest") as (bytes: Uint8Array) => RequestMessage;
export const decodeSpan = decoderOf("Span") as (bytes: Uint8Array) => SpanMessage;
export const decodeAnyValue = decoderOf("AnyValue") as (bytes: Uint8Array) => AnyValueMessage;

export const encodeResponse: (response: {
  partialSuccess?: { rejectedSpans: number; errorMessage: string };
}) => Buffer = encoderOf("ExportTraceServiceResponse");
export const encodeStatus: (status: { code: number; message: string }) => Buffer = encoderOf("Status");

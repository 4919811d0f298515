import type { INamespace } from "protobufjs";

/**
 * The messages of OTLP traces as far as we read them (README.md): fields that are missing here are skipped unread, and
 * what is `bytes` here although OTLP nests a message there is read later, one by one, or not at all.
 */
export const descriptor: INamespace = {
  nested: {
    ExportTraceServiceRequest: {
      fields: { resourceSpans: { rule: "repeated", type: "ResourceSpans", id: 1 } },
    },
    ResourceSpans: {
      fields: {
        resource: { type: "Resource", id: 1 },
        scopeSpans: { rule: "repeated", type: "ScopeSpans", id: 2 },
      },
    },
    Resource: { fields: { attributes: { rule: "repeated", type: "KeyValue", id: 1 } } },
    // Spans by themselves: one that is cut short costs the others nothing.
    ScopeSpans: { fields: { spans: { rule: "repeated", type: "bytes", id: 2 } } },
    Span: {
      fields: {
        traceId: { type: "bytes", id: 1 },
        spanId: { type: "bytes", id: 2 },
        parentSpanId: { type: "bytes", id: 4 },
        startTimeUnixNano: { type: "fixed64", id: 7 },
        endTimeUnixNano: { type: "fixed64", id: 8 },
        attributes: { rule: "repeated", type: "KeyValue", id: 9 },
        status: { type: "SpanStatus", id: 15 },
      },
    },
    SpanStatus: { fields: { code: { type: "int32", id: 3 } } },
    // The value of a name that nobody asks for (a prompt) is never decoded.
    KeyValue: { fields: { key: { type: "string", id: 1 }, value: { type: "bytes", id: 2 } } },
    // Lists and maps are left out: no attribute that we read is one, and so nothing here can nest.
    AnyValue: {
      oneofs: { value: { oneof: ["stringValue", "boolValue", "intValue", "doubleValue"] } },
      fields: {
        stringValue: { type: "string", id: 1 },
        boolValue: { type: "bool", id: 2 },
        intValue: { type: "int64", id: 3 },
        doubleValue: { type: "double", id: 4 },
      },
    },
    ExportTraceServiceResponse: { fields: { partialSuccess: { type: "ExportTracePartialSuccess", id: 1 } } },
    ExportTracePartialSuccess: {
      fields: { rejectedSpans: { type: "int64", id: 1 }, errorMessage: { type: "string", id: 2 } },
    },
    // google.rpc.Status
    Status: { fields: { code: { type: "int32", id: 1 }, message: { type: "string", id: 2 } } },
  },
};

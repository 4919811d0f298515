import type { ServerResponse } from "node:http";
import { encodeResponse, encodeStatus } from "@/server/otlp/messages";
import type { SpanReport } from "@/server/otlp/report";

/** The two encodings of OTLP over HTTP. An answer is in the request's own. */
export type OtlpType = "application/json" | "application/x-protobuf";

export function otlpTypeOf(contentType: string | undefined): OtlpType | null {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  return type === "application/json" || type === "application/x-protobuf" ? type : null;
}

/** google.rpc.Code of an HTTP status. */
const rpcCodes: Record<number, number> = { 401: 16, 403: 7, 405: 12, 429: 8, 503: 14 };
const invalidArgument = 3;

/** An ExportTraceServiceResponse: empty when all was taken. Other signals' empty responses are the same. */
export function sendTaken(res: ServerResponse, type: OtlpType, { rejectedSpans, message }: SpanReport): void {
  const partialSuccess = message === null ? undefined : { rejectedSpans, errorMessage: message };
  // 64-bit integers are strings in JSON.
  const inJson = partialSuccess && { ...partialSuccess, rejectedSpans: String(rejectedSpans) };
  const body =
    type === "application/json"
      ? JSON.stringify({ partialSuccess: inJson })
      : encodeResponse(partialSuccess ? { partialSuccess } : {});
  send(res, 200, type, body);
}

/** A google.rpc.Status. */
export function sendRefusal(res: ServerResponse, status: number, type: OtlpType, message: string): void {
  const refusal = { code: rpcCodes[status] ?? invalidArgument, message };
  send(res, status, type, type === "application/json" ? JSON.stringify(refusal) : encodeStatus(refusal));
}

function send(res: ServerResponse, status: number, type: OtlpType, body: string | Buffer): void {
  res.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "private, no-store",
  });
  res.end(body);
}

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { toTrpcError, wireError } from "@/server/api/error-map";
import { logFailure } from "@/server/api/respond";
import { isDomainError } from "@/server/errors";
import { decodeJson } from "@/server/otlp/decode-json";
import { decodeProtobuf } from "@/server/otlp/decode-protobuf";
import { takeSpans } from "@/server/otlp/take-spans";
import { keyContext } from "./key-context";
import { type OtlpType, otlpTypeOf, sendRefusal, sendTaken } from "./otlp-reply";
import { readBody } from "./read-body";

type Signal = "traces" | "other";

// Senders share one address for all signals, and fill their logs where one is missing. Langfuse's have their own.
const signals = new Map<string, Signal>([
  ["/v1/traces", "traces"],
  ["/v1/metrics", "other"],
  ["/v1/logs", "other"],
  ["/api/public/otel/v1/traces", "traces"],
  ["/api/public/otel/v1/metrics", "other"],
  ["/api/public/otel/v1/logs", "other"],
]);
export const isOtlp = (path: string) => signals.has(path);

const mebibyte = 1024 * 1024;
/** What OTLP's specification recommends, after decompression. */
const limits = { maxBytes: 16 * mebibyte, maxInflatedBytes: 64 * mebibyte };
const retryAfterSeconds = 5;
const decoders = { "application/json": decodeJson, "application/x-protobuf": decodeProtobuf };

/** OTLP over HTTP: traces into the ledger; metrics and logs are taken and dropped, since we have no use for them. */
export async function handleOtlp(path: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const type = otlpTypeOf(req.headers["content-type"]);
  const requestId = randomUUID();
  res.setHeader("x-request-id", requestId);
  if (req.method !== "POST") {
    res.setHeader("allow", "POST");
    refuse(req, res, 405, type, "Send POST.");
    return;
  }
  if (type === null) {
    refuse(req, res, 415, type, "Send application/x-protobuf or application/json.");
    return;
  }
  try {
    const ctx = await keyContext(req, "calls:write", requestId);
    const body = await readBody(req, limits);
    const isTraces = signals.get(path) === "traces";
    const report = isTraces
      ? await takeSpans(ctx, { body, decode: decoders[type] })
      : { rejectedSpans: 0, message: null };
    sendTaken(res, type, report);
  } catch (thrown) {
    const error = isDomainError(thrown) ? toTrpcError(thrown) : getTRPCErrorFromUnknown(thrown);
    logFailure({ error, path, ctx: { requestId } });
    const status = getHTTPStatusCodeFromError(error);
    const { retryAfterSeconds: told = 1 } = isDomainError(thrown) ? thrown.data : {};
    if (status === 429) res.setHeader("retry-after", String(told));
    // Exporters throw away what was answered with 500, so even what we did not foresee is a matter of later.
    if (status >= 500) res.setHeader("retry-after", String(retryAfterSeconds));
    refuse(req, res, status >= 500 ? 503 : status, type, wireError(error, requestId).message);
  }
}

function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  type: OtlpType | null,
  message: string,
): void {
  // What is left of an unread body would be taken for the next request.
  if (!req.complete) res.setHeader("connection", "close");
  sendRefusal(res, status, type ?? "application/json", message);
}

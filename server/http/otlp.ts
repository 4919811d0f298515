import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { toTrpcError, wireError } from "@/server/api/error-map";
import { logFailure } from "@/server/api/respond";
import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { decodeJson } from "@/server/otlp/decode-json";
import { decodeProtobuf } from "@/server/otlp/decode-protobuf";
import type { SpanReport } from "@/server/otlp/report";
import { takeSpans } from "@/server/otlp/take-spans";
import { keyContext } from "./key-context";
import { type OtlpType, otlpTypeOf, sendRefusal, sendTaken } from "./otlp-reply";
import { pathOf } from "./raw-door";
import { readBody } from "./read-body";

const mebibyte = 1024 * 1024;
/** What OTLP's specification recommends, after decompression. */
const limits = { maxBytes: 16 * mebibyte, maxInflatedBytes: 64 * mebibyte };
const retryAfterSeconds = 5;
const decoders = { "application/json": decodeJson, "application/x-protobuf": decodeProtobuf };

/** `/v1/traces`: spans, of which calls go into the ledger. */
export function handleTraces(req: IncomingMessage, res: ServerResponse): Promise<void> {
  return answer(req, res, (ctx, body, type) => takeSpans(ctx, { body, decode: decoders[type] }));
}

/**
 * `/v1/metrics` and `/v1/logs`: taken and dropped. We have no use for them, but senders share one address for all
 * signals and fill their logs where one is missing.
 */
export function handleUnused(req: IncomingMessage, res: ServerResponse): Promise<void> {
  return answer(req, res, () => Promise.resolve({ rejectedSpans: 0, message: null }));
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  take: (ctx: Ctx, body: Buffer, type: OtlpType) => Promise<SpanReport>,
): Promise<void> {
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
    sendTaken(res, type, await take(ctx, body, type));
  } catch (thrown) {
    const error = isDomainError(thrown) ? toTrpcError(thrown) : getTRPCErrorFromUnknown(thrown);
    logFailure({ error, path: pathOf(req), ctx: { requestId } });
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

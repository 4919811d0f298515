import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { toTrpcError, wireError } from "@/server/api/error-map";
import { logFailure, responseMeta } from "@/server/api/respond";
import { isDomainError } from "@/server/errors";
import { expose, formats } from "@/server/metrics/exposition";
import { negotiate, takesGzip } from "@/server/metrics/negotiate";
import { readMetrics } from "@/server/metrics/read";
import { keyContext } from "./key-context";
import { pathOf } from "./raw-door";

const pack = promisify(gzip);
const plain = "text/plain; charset=utf-8";

/** `/metrics`: figures for Prometheus and whatever scrapes as it does. Refusals are a line of text. */
export async function handleMetrics(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  res.setHeader("x-request-id", requestId);
  res.setHeader("cache-control", "private, no-store");
  res.setHeader("vary", "authorization, accept, accept-encoding");
  if (req.method !== "GET" && req.method !== "HEAD") {
    res.setHeader("allow", "GET, HEAD");
    send(req, res, 405, plain, "Send GET.\n");
    return;
  }
  try {
    const ctx = await keyContext(req, "reports:read", requestId);
    const format = negotiate(req.headers.accept);
    const text = expose(await readMetrics(ctx), format);
    if (!takesGzip(req.headers["accept-encoding"]?.toString())) {
      send(req, res, 200, formats[format], text);
      return;
    }
    const packed = await pack(text);
    res.setHeader("content-encoding", "gzip");
    send(req, res, 200, formats[format], packed);
  } catch (thrown) {
    const error = isDomainError(thrown) ? toTrpcError(thrown) : getTRPCErrorFromUnknown(thrown);
    logFailure({ error, path: pathOf(req), ctx: { requestId } });
    const status = getHTTPStatusCodeFromError(error);
    for (const [name, value] of responseMeta({ errors: [error] }).headers) res.setHeader(name, value);
    if (status === 401) res.setHeader("www-authenticate", "Bearer");
    send(req, res, status, plain, `${wireError(error, requestId).message}\n`);
  }
}

function send(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  // What is left of an unread body would be taken for the next request.
  if (!req.complete) res.setHeader("connection", "close");
  res.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  res.end(body);
}

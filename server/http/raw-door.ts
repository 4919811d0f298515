import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { toTrpcError, wireError } from "@/server/api/error-map";
import { logFailure, responseMeta } from "@/server/api/respond";
import { isDomainError } from "@/server/errors";

export interface Reply {
  status: number;
  body: unknown;
}

export interface RawRequest {
  req: IncomingMessage;
  requestId: string;
}

/**
 * A door that takes POST and answers JSON, for senders that speak another protocol than tRPC. Errors look and count as
 * everywhere else; what nobody foresaw says nothing of itself.
 */
export async function answerPost(
  req: IncomingMessage,
  res: ServerResponse,
  work: (request: RawRequest) => Promise<Reply>,
): Promise<void> {
  const requestId = randomUUID();
  try {
    if (req.method !== "POST") {
      res.setHeader("allow", "POST");
      send(req, res, {
        status: 405,
        body: { error: { message: "Use POST.", code: "METHOD_NOT_SUPPORTED" } },
      });
      return;
    }
    const reply = await work({ req, requestId });
    res.setHeader("x-request-id", requestId);
    send(req, res, reply);
  } catch (thrown) {
    const error = isDomainError(thrown) ? toTrpcError(thrown) : getTRPCErrorFromUnknown(thrown);
    logFailure({ error, path: pathOf(req), ctx: { requestId } });
    const { message, data } = wireError(error, requestId);
    for (const [name, value] of responseMeta({ errors: [error] }).headers) res.setHeader(name, value);
    res.setHeader("x-request-id", requestId);
    send(req, res, { status: getHTTPStatusCodeFromError(error), body: { error: { message, ...data } } });
  }
}

/** Without what stands after the question mark, which may be anything. */
export const pathOf = (req: IncomingMessage) => (req.url ?? "/").split("?")[0] ?? "/";

function send(req: IncomingMessage, res: ServerResponse, { status, body }: Reply): void {
  // What is left of an unread body would be taken for the next request.
  if (!req.complete) res.setHeader("connection", "close");
  res.setHeader("cache-control", "private, no-store");
  res.writeHead(status, { "content-type": "application/json" });
  res.end(JSON.stringify(body));
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { getTRPCErrorFromUnknown, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { wireError } from "@/server/api/error-map";
import { maxBodyBytes } from "@/server/api/request-guard";
import { logFailure, responseMeta } from "@/server/api/respond";
import { createCaller } from "@/server/api/root";
import type { Transport } from "@/server/api/trpc";

const path = "ingest.calls";
/** One call of `ingest.calls`, not a batch of procedures. */
export const isHotIngest = (req: IncomingMessage, procedure: string) =>
  procedure === path && req.method === "POST" && !(req.url ?? "").includes("batch=");

async function readBody(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    const part = chunk as Buffer;
    bytes += part.length;
    if (bytes > maxBodyBytes)
      throw new TRPCError({
        code: "PAYLOAD_TOO_LARGE",
        message: "This body is too large; send fewer calls at once.",
      });
    chunks.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
  } catch (cause) {
    throw new TRPCError({ code: "PARSE_ERROR", message: "The body is not valid JSON.", cause });
  }
}

function send(res: ServerResponse, status: number, headers: Headers, body: unknown): void {
  for (const [name, value] of headers) res.setHeader(name, value);
  res.writeHead(status, { "content-type": "application/json" });
  res.end(JSON.stringify(body));
}

/**
 * `ingest.calls` without the detour through a web Request, whose streams and signals cost more than storing a call does.
 * The same procedure answers, in the same words as through tRPC's adapter (tests/malformed/two-doors holds the two together).
 */
export async function handleHotIngest(
  req: IncomingMessage,
  res: ServerResponse,
  ctx: Transport,
): Promise<void> {
  try {
    // Unchecked here: the procedure's own schema is what checks it.
    const input = (await readBody(req)) as Parameters<ReturnType<typeof createCaller>["ingest"]["calls"]>[0];
    const data = await createCaller(ctx).ingest.calls(input);
    send(res, ctx.status ?? 200, responseMeta({ ctx, errors: [] }).headers, { result: { data } });
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    logFailure({ error, path, ctx });
    const httpStatus = getHTTPStatusCodeFromError(error);
    const { message, data } = wireError(error, ctx.requestId);
    const { headers } = responseMeta({ ctx, errors: [error] });
    // What is left of an unread body would be taken for the next request.
    if (!req.complete) headers.set("connection", "close");
    const code = TRPC_ERROR_CODES_BY_KEY[error.code];
    send(res, httpStatus, headers, { error: { message, code, data: { httpStatus, path, ...data } } });
  }
}

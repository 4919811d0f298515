import { getTRPCErrorFromUnknown, type TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { isDomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { toTrpcError, wireError } from "./error-map";
import type { Transport } from "./trpc";

interface Answered {
  ctx?: Transport;
  errors: TRPCError[];
}

/** Headers and status beside an answer: tenant data is never cached (reliability P54), refusals say when to come back. */
export function responseMeta({ ctx, errors }: Answered): { status?: number; headers: Headers } {
  const headers = new Headers({ "cache-control": "private, no-store" });
  if (ctx) headers.set("x-request-id", ctx.requestId);
  for (const error of errors) {
    const seconds = isDomainError(error.cause) ? error.cause.data.retryAfterSeconds : undefined;
    if (seconds !== undefined) headers.set("retry-after", String(seconds));
  }
  return ctx?.status !== undefined && errors.length === 0 ? { status: ctx.status, headers } : { headers };
}

/** During an outage every request fails alike; a line a second says as much as ten thousand. */
const outageEveryMs = 1_000;
let outage = { saidAtMs: -Infinity, unsaid: 0 };

/** Only what we did not foresee is worth a line; refusals are the caller's business. */
export function logFailure({
  error,
  path,
  ctx,
}: {
  error: TRPCError;
  path?: string;
  ctx?: Pick<Transport, "requestId">;
}): void {
  const facts = { path, requestId: ctx?.requestId, error: error.cause ?? error };
  if (error.code === "INTERNAL_SERVER_ERROR") logger.error(facts, "a request failed");
  if (error.code !== "SERVICE_UNAVAILABLE") return;
  const nowMs = performance.now();
  if (nowMs - outage.saidAtMs < outageEveryMs) {
    outage.unsaid += 1;
    return;
  }
  logger.warn(
    { ...facts, failedSinceLastLine: outage.unsaid },
    "requests are being refused: the database is away",
  );
  outage = { saidAtMs: nowMs, unsaid: 0 };
}

/** The same refusal from a route handler that is no procedure: our own sentences, or nothing but the request's id. */
export function refused(thrown: unknown, { path, ctx }: { path: string; ctx: Transport }): Response {
  const error = isDomainError(thrown) ? toTrpcError(thrown) : getTRPCErrorFromUnknown(thrown);
  logFailure({ error, path, ctx });
  const { message, data } = wireError(error, ctx.requestId);
  const { headers } = responseMeta({ ctx, errors: [error] });
  return Response.json({ error: { message, data } }, { status: getHTTPStatusCodeFromError(error), headers });
}

import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { sendEvent } from "@/server/clients/events";
import { maxBatchSize, maxBodyBytes, refuseRequest } from "@/server/api/request-guard";
import { logFailure, responseMeta } from "@/server/api/respond";
import { appRouter } from "@/server/api/root";
import { createTransport } from "@/server/api/transport";
import { forwardedAddress } from "@/server/auth/client-address";
import { env } from "@/server/env";

/** For hosts without our own Node server (server/http), which answers these paths before Next sees them. */
async function handle(request: Request): Promise<Response> {
  const { headers, method } = request;
  const refusal = refuseRequest(
    {
      method,
      origin: headers.get("origin"),
      contentType: headers.get("content-type"),
      contentEncoding: headers.get("content-encoding"),
      hasKey: headers.has("authorization"),
    },
    new URL(env.NEXTAUTH_URL).origin,
  );
  if (refusal) return Response.json({ error: { message: refusal.message } }, { status: refusal.status });
  if (Number(headers.get("content-length") ?? 0) > maxBodyBytes) {
    return Response.json({ error: { message: "This body is too large." } }, { status: 413 });
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize,
    createContext: () =>
      createTransport({
        headers,
        address: forwardedAddress(headers.get("x-forwarded-for")),
        emit: sendEvent,
      }),
    responseMeta,
    onError: logFailure,
  });
}

export { handle as GET, handle as POST };

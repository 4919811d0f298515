import { logFailure, refused } from "@/server/api/respond";
import { createTransport } from "@/server/api/transport";
import { tenantContext } from "@/server/api/trpc";
import { forwardedAddress } from "@/server/auth/client-address";
import { sendEvent } from "@/server/clients/events";
import type { Ctx } from "@/server/context";
import { fileStream } from "@/server/http/file-stream";
import type { Download } from "@/server/invoices/download";
import { getTRPCErrorFromUnknown } from "@trpc/server";

/** A file of invoices, with a read key, or a session and ?tenant={slug}. */
export async function answerWith(
  request: Request,
  path: string,
  open: (ctx: Ctx) => Promise<Download>,
): Promise<Response> {
  const { headers } = request;
  const tenantSlug = new URL(request.url).searchParams.get("tenant");
  const transport = createTransport({
    headers,
    address: forwardedAddress(headers.get("x-forwarded-for")),
    emit: sendEvent,
    ...(tenantSlug === null ? {} : { tenantSlug }),
  });
  const failed = { path, ctx: transport };
  try {
    const { fileName, contentType, chunks } = await open(await tenantContext(transport));
    const body = fileStream(chunks, {
      onError: (thrown) => logFailure({ ...failed, error: getTRPCErrorFromUnknown(thrown) }),
    });
    const answer = new Response(body, {
      headers: {
        "content-type": contentType,
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "x-request-id": transport.requestId,
      },
    });
    if (request.method !== "HEAD") return answer;
    await body.cancel();
    return new Response(null, answer);
  } catch (error) {
    return refused(error, failed);
  }
}

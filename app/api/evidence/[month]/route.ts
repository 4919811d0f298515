import { logFailure, refused } from "@/server/api/respond";
import { createTransport } from "@/server/api/transport";
import { tenantContext } from "@/server/api/trpc";
import { forwardedAddress } from "@/server/auth/client-address";
import { sendEvent } from "@/server/clients/events";
import { DomainError } from "@/server/errors";
import { evidencePack } from "@/server/evidence/pack";
import { EvidenceInput } from "@/server/evidence/schemas";
import { fileStream } from "@/server/http/file-stream";
import { getTRPCErrorFromUnknown } from "@trpc/server";

/** The evidence pack of a closed month: /api/evidence/2026-10, with a read key, or a session and ?tenant={slug}. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ month: string }> },
): Promise<Response> {
  const { headers } = request;
  const tenantSlug = new URL(request.url).searchParams.get("tenant");
  const transport = createTransport({
    headers,
    address: forwardedAddress(headers.get("x-forwarded-for")),
    emit: sendEvent,
    ...(tenantSlug === null ? {} : { tenantSlug }),
  });
  const failed = { path: "/api/evidence", ctx: transport };
  try {
    const ctx = await tenantContext(transport);
    const asked = EvidenceInput.safeParse(await params);
    if (!asked.success)
      throw new DomainError("INVALID_INPUT", "A month is written 2026-10.", { field: "month" });
    const pack = await evidencePack(ctx, asked.data);
    const body = fileStream(pack.chunks, {
      onError: (thrown) => logFailure({ ...failed, error: getTRPCErrorFromUnknown(thrown) }),
    });
    const answer = new Response(body, {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename="${pack.fileName}"`,
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

import { logFailure, refused } from "@/server/api/respond";
import { createTransport } from "@/server/api/transport";
import { tenantContext } from "@/server/api/trpc";
import { forwardedAddress } from "@/server/auth/client-address";
import { sendEvent } from "@/server/clients/events";
import { DomainError } from "@/server/errors";
import { focusAsked } from "@/server/focus/asked";
import { exportFocus } from "@/server/focus/export";
import type { FocusFormat } from "@/server/focus/schemas";
import { fileStream } from "@/server/http/file-stream";
import { getTRPCErrorFromUnknown } from "@trpc/server";

const formats: Readonly<Record<string, FocusFormat>> = { "focus.csv": "csv", "focus.parquet": "parquet" };

/**
 * FOCUS as a file: /api/focus/focus.csv (or .parquet) ?month=2026-10&mode=estimated|reconciled, or ?invoice={id}; with a read
 * key, or a session and &tenant={slug}. Providers whose rows are estimates are named in x-tokenledger-estimated.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const { headers } = request;
  const tenantSlug = searchParams.get("tenant");
  searchParams.delete("tenant");
  const transport = createTransport({
    headers,
    address: forwardedAddress(headers.get("x-forwarded-for")),
    emit: sendEvent,
    ...(tenantSlug === null ? {} : { tenantSlug }),
  });
  const failed = { path: "/api/focus", ctx: transport };
  try {
    const ctx = await tenantContext(transport);
    const format = formats[(await params).file];
    if (!format) throw new DomainError("NOT_FOUND", "There is no such file.", { field: "file" });
    const file = await exportFocus(ctx, { input: focusAsked(searchParams), format });
    const body = fileStream(file.chunks, {
      onError: (thrown) => logFailure({ ...failed, error: getTRPCErrorFromUnknown(thrown) }),
    });
    const answer = new Response(body, {
      headers: {
        "content-type": file.contentType,
        "content-disposition": `attachment; filename="${file.fileName}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "x-request-id": transport.requestId,
        ...(file.estimated.length > 0 && {
          "x-tokenledger-estimated": file.estimated
            .map(({ provider }) => encodeURIComponent(provider))
            .join(","),
        }),
      },
    });
    if (request.method !== "HEAD") return answer;
    await body.cancel();
    return new Response(null, answer);
  } catch (error) {
    return refused(error, failed);
  }
}

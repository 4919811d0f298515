import { exportTable } from "@/server/analytics/tables/export";
import { logFailure, refused } from "@/server/api/respond";
import { createTransport } from "@/server/api/transport";
import { tenantContext } from "@/server/api/trpc";
import { forwardedAddress } from "@/server/auth/client-address";
import { sendEvent } from "@/server/clients/events";
import { DomainError } from "@/server/errors";
import { getTRPCErrorFromUnknown } from "@trpc/server";

function inputOf(params: URLSearchParams): unknown {
  try {
    return JSON.parse(params.get("input") ?? "{}");
  } catch (cause) {
    throw new DomainError("INVALID_INPUT", "`input` is not JSON.", { field: "input" }, { cause });
  }
}

/**
 * A report as CSV: /api/reports/{table}?input={…}, with a read key, or a session and &tenant={slug}. &bom=1 for Excel. The
 * watermark and the range are in headers, for CSV knows no comments.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ table: string }> },
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const { headers } = request;
  const tenantSlug = searchParams.get("tenant");
  const transport = createTransport({
    headers,
    address: forwardedAddress(headers.get("x-forwarded-for")),
    emit: sendEvent,
    ...(tenantSlug === null ? {} : { tenantSlug }),
  });
  const failed = { path: "/api/reports", ctx: transport };
  try {
    const csv = await exportTable(await tenantContext(transport), {
      table: (await params).table,
      input: inputOf(searchParams),
      bom: searchParams.get("bom") === "1",
      onError: (thrown) => logFailure({ ...failed, error: getTRPCErrorFromUnknown(thrown) }),
    });
    const answer = new Response(csv.body, {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="${csv.fileName}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "x-request-id": transport.requestId,
        "x-tokenledger-from": csv.from,
        "x-tokenledger-to": csv.to,
        ...(csv.watermark && { "x-tokenledger-watermark": csv.watermark.finalThrough }),
      },
    });
    if (request.method !== "HEAD") return answer;
    await csv.body.cancel();
    return new Response(null, answer);
  } catch (error) {
    return refused(error, failed);
  }
}

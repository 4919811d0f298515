import { TRPCError } from "@trpc/server";
import { refused } from "@/server/api/respond";
import { importsRouter } from "@/server/api/routers/imports";
import { createTransport } from "@/server/api/transport";
import { createCallerFactory } from "@/server/api/trpc";
import { sendEvent } from "@/server/clients/events";
import { env } from "@/server/env";
import { receiveUpload } from "@/server/imports/receive-upload";

const createImports = createCallerFactory(importsRouter);

function fileNameOf(headers: Headers): string {
  try {
    return decodeURIComponent(headers.get("x-file-name") ?? "import.csv");
  } catch (cause) {
    throw new TRPCError({ code: "BAD_REQUEST", message: "x-file-name is not percent-encoded.", cause });
  }
}

/**
 * Takes a file to import: its bytes as the body (application/octet-stream), its name (percent-encoded) in x-file-name, the tenant in
 * x-tokenledger-tenant. Answers {uploadId, bytes} for imports.preview and imports.start.
 */
export async function POST(request: Request): Promise<Response> {
  const { headers, body } = request;
  const transport = createTransport({
    headers,
    address: headers.get("x-forwarded-for") ?? "",
    emit: sendEvent,
  });
  try {
    // A page of another origin can send neither this type nor our header without asking first.
    const origin = headers.get("origin");
    if (origin !== null && origin !== new URL(env.NEXTAUTH_URL).origin) {
      throw new TRPCError({
        code: "FORBIDDEN",
        message: "This request comes from a page of another origin.",
      });
    }
    if (headers.get("content-type") !== "application/octet-stream" || body === null) {
      throw new TRPCError({
        code: "UNSUPPORTED_MEDIA_TYPE",
        message: "Send the file as application/octet-stream.",
      });
    }
    const fileName = fileNameOf(headers);
    const { uploadId } = await createImports(transport).prepareUpload({ fileName });
    const { bytes } = await receiveUpload(uploadId, body);
    return Response.json({ uploadId, bytes }, { headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    return refused(error, { path: "/api/imports", ctx: transport });
  }
}

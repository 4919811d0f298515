import { randomUUID } from "node:crypto";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { PrepareUploadInput } from "./schemas";
import { clearStaleUploads, reserveUpload } from "./uploads";

/** Makes room for a file of this tenant; its bytes follow in the same request (app/api/imports). */
export async function prepareUpload(ctx: Ctx, input: PrepareUploadInput): Promise<{ uploadId: string }> {
  requireRight(ctx.actor, "calls:import");
  const { fileName } = PrepareUploadInput.parse(input);
  await clearStaleUploads(ctx.now);
  const uploadId = randomUUID();
  await reserveUpload(uploadId, ctx.tenant.id, fileName);
  return { uploadId };
}

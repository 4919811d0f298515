import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listFiles } from "./file-queries";

const filesShown = 100;

/** Bills that came as files, the newest first, also those that were removed. */
export async function listBillFiles(ctx: Ctx) {
  requireRight(ctx.actor, "reports:read");
  const files = await ctx.db.read((db) => listFiles(db, ctx.tenant.id, filesShown));
  return {
    files: files.map(({ fileFormat, fileKind, fileHash, fileBytes, fileFacts, begunAt, begunBy, ...file }) => ({
      ...file,
      ...fileFacts,
      format: fileFormat,
      kind: fileKind,
      sha256: fileHash,
      bytes: fileBytes,
      addedBy: begunBy,
      addedAt: begunAt.toISOString(),
      removedAt: file.removedAt?.toISOString() ?? null,
    })),
  };
} // prettier-ignore
export type ListedBillFiles = Awaited<ReturnType<typeof listBillFiles>>;

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { listRuns } from "./queries";
import { formatOf } from "./read-rows";
import { beginRun, runImport } from "./run-import";
import { stateOf } from "./run-state";
import { StartImportInput } from "./schemas";
import { findUpload, removeUpload } from "./uploads";

const newest = 20;

/**
 * Begins to import an uploaded file and answers at once; it goes on in this process (show tells how far). When the process
 * ends before it does, the same file can simply be imported again.
 * @throws DomainError CONFLICT while another import of the tenant runs
 */
export async function startImport(ctx: Ctx, input: StartImportInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "calls:import");
  const { uploadId, mapping } = StartImportInput.parse(input);
  const upload = await findUpload(uploadId, ctx.tenant.id);
  const runs = await ctx.db.read((db) => listRuns(db, ctx.tenant.id, newest));
  if (runs.some((run) => stateOf(run, ctx.now) === "running")) {
    throw new DomainError("CONFLICT", "Another import is running; please wait until it has ended.");
  }
  const { file, fileName, sha256, bytes } = upload;
  const source = {
    file,
    format: formatOf(fileName),
    mapping,
    fileName,
    fileSha256: sha256,
    bytesTotal: bytes,
  };
  const id = await beginRun(ctx, source);
  runImport(ctx, id, source)
    .then(() => removeUpload(uploadId))
    .catch((error: unknown) => logger.error({ error, importId: id }, "an import failed"));
  return { id };
}

import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId } from "@/server/auth/permissions";
import { currentTime } from "@/server/clock";
import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { importFile, type ImportProgress, type ImportSource, type OnProgress } from "./import-file";
import { patiently } from "./patiently";
import { finishRun, insertRejections, insertRun, saveProgress } from "./queries";
import { keptRejections } from "./schemas";

export interface NamedSource extends ImportSource {
  fileName: string;
  fileSha256: string;
  /** Size of the whole file. */
  bytesTotal: number;
}

const saveEveryMs = 2_000;

/** Notes that an import begins. @returns its id */
export async function beginRun(ctx: Ctx, source: NamedSource): Promise<string> {
  const { fileName, fileSha256, mapping, bytesTotal } = source;
  const id = randomUUID();
  const run = {
    tenantId: ctx.tenant.id,
    id,
    fileName,
    fileSha256,
    mapping,
    bytesTotal,
    startedBy: actorId(ctx.actor),
    startedAt: ctx.now,
  };
  await ctx.db.write(async (db) => {
    await insertRun(db, run);
    await recordAudit(db, ctx, { action: "import.started", subject: id, after: { fileName, fileSha256 } });
  });
  return id;
}

/**
 * Imports the file and keeps the run's row true: counts and rejected rows every few seconds, and how it ended.
 * @throws whatever ended it, after that was written down
 */
export async function runImport(
  ctx: Ctx,
  id: string,
  source: NamedSource,
  watch: OnProgress = () => Promise.resolve(),
): Promise<ImportProgress> {
  const run = { tenantId: ctx.tenant.id, id };
  let savedMs = -Infinity;
  let kept = 0;
  const save = (progress: ImportProgress) =>
    patiently(() => ctx.db.write((db) => saveProgress(db, run, progress, currentTime())));
  try {
    const result = await importFile(ctx, source, async (progress, rejected) => {
      const some = rejected.slice(0, Math.max(0, keptRejections - kept));
      kept += some.length;
      if (some.length > 0) await patiently(() => ctx.db.write((db) => insertRejections(db, run, some)));
      if (performance.now() - savedMs >= saveEveryMs) {
        await save(progress);
        savedMs = performance.now();
      }
      await watch(progress, rejected);
    });
    await save(result);
    await patiently(() => ctx.db.write((db) => finishRun(db, run, null, currentTime())));
    await ctx.emit({ name: "rollup/requested", data: { tenantId: ctx.tenant.id } });
    return result;
  } catch (error) {
    const failure = isDomainError(error)
      ? error.message
      : "Something went wrong on our side; the log has more.";
    await ctx.db
      .write((db) => finishRun(db, run, failure, currentTime()))
      .catch((second: unknown) => {
        logger.error({ error: second, importId: id }, "how an import failed could not be noted");
      });
    throw error;
  }
}

import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { findUpload } from "@/server/imports/uploads";
import { listDayReads } from "./bill-query";
import { findFileByHash } from "./file-queries";
import { listBillConnections } from "./queries";
import { readBillFile } from "./read-bill-file";
import { PreviewBillFileInput } from "./schemas";
import { summarizeFile } from "./summarize-file";

/**
 * What an uploaded bill says, before it counts: whose it is, its days, sum and models, what is left out, and the rows that
 * cannot be read. One of these is enough for the file to be refused.
 * @throws DomainError NOT_FOUND for the upload, INVALID_INPUT and PAYLOAD_TOO_LARGE as readBillFile
 */
export async function previewBillFile(ctx: Ctx, input: PreviewBillFileInput) {
  requireRight(ctx.actor, "calls:import");
  const { uploadId } = PreviewBillFileInput.parse(input);
  const tenantId = ctx.tenant.id;
  const upload = await findUpload(uploadId, tenantId);
  const content = await readBillFile(upload, localDay(ctx.now, "UTC"));
  const { lines, provider, firstDay, lastDay, ...facts } = content;
  const hash = Buffer.from(upload.sha256, "hex");
  const { known, connectedDays } = await ctx.db.read(async (db) => {
    const stretch = { tenantId, provider, first: firstDay || "2020-01-01", last: lastDay || "2020-01-01" };
    const live = new Set((await listBillConnections(db, tenantId)).map(({ id }) => id));
    const reads = await listDayReads(db, stretch);
    const own = reads.filter(({ stream }) => live.has(stream));
    return {
      known: await findFileByHash(db, tenantId, provider, hash),
      connectedDays: new Set(own.map(({ day }) => day)).size,
    };
  });
  return {
    fileName: upload.fileName,
    bytes: upload.bytes,
    sha256: upload.sha256,
    provider,
    firstDay,
    lastDay,
    lines: lines.length,
    ...facts,
    ...summarizeFile(content),
    /** The same bytes were here before. */
    known: known && { addedAt: known.begunAt.toISOString(), isRemoved: known.removedAt !== null },
    /** Days of the file that a connection has read: what it says of them goes before. */
    connectedDays,
  };
}
export type BillFilePreview = Awaited<ReturnType<typeof previewBillFile>>;

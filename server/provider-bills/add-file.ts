import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findUpload, removeUpload } from "@/server/imports/uploads";
import { compareFile } from "./compare-file";
import { bringBackFile, findFileByHash, keptFacts, lockFiles } from "./file-queries";
import { finishPull, insertLines, insertPull, noteReads } from "./pull-queries";
import { readBillFile, streamOfFile } from "./read-bill-file";
import { AddBillFileInput } from "./schemas";
import { summarizeFile } from "./summarize-file";

/**
 * Keeps an uploaded bill as a read of its days, whole or not at all. The same file again adds nothing: it says that the
 * provider still says so, as a second read does, and brings it back if it was removed.
 * @throws DomainError NOT_FOUND for the upload; INVALID_INPUT when a row cannot be read, or as readBillFile
 */
export async function addBillFile(
  ctx: Ctx,
  input: AddBillFileInput,
): Promise<{ id: string; provider: string; lastDay: string; wasKnown: boolean }> {
  requireRight(ctx.actor, "calls:import");
  const { uploadId, isInvoiced } = AddBillFileInput.parse(input);
  const tenantId = ctx.tenant.id;
  const upload = await findUpload(uploadId, tenantId);
  const content = await readBillFile(upload, localDay(ctx.now, "UTC"));
  const { provider, firstDay, lastDay, lines, format, kind, faults, faultCount } = content;
  const [fault] = faults;
  if (fault)
    throw new DomainError(
      "INVALID_INPUT",
      `${String(faultCount)} of its rows cannot be read, the first on line ${String(fault.line)}: ${fault.column} ${fault.message}. Nothing was kept.`,
      { field: "file" },
    );
  const { rows, leftOut, organizations, invoiceNos } = content;
  const { amountUsd } = summarizeFile(content);
  const isSettled = isInvoiced || content.isInvoiced;
  const fileHash = Buffer.from(upload.sha256, "hex");
  const added = await ctx.db.write(async (db) => {
    await lockFiles(db, tenantId);
    const known = await findFileByHash(db, tenantId, provider, fileHash);
    const id = known?.id ?? randomUUID();
    if (known) {
      await bringBackFile(db, tenantId, id, isSettled);
      await noteReads(db, tenantId, id, ctx.now);
    } else {
      const file = { fileName: upload.fileName, fileHash, fileFormat: format, fileKind: kind, fileBytes: upload.bytes, fileFacts: keptFacts({ rows, amountUsd, leftOut, organizations, invoiceNos }), isSettled, lines: lines.length }; // prettier-ignore
      const begun = { begunBy: actorId(ctx.actor), begunAt: ctx.now };
      await insertPull(db, { tenantId, id, provider, stream: streamOfFile(content), firstDay, lastDay, place: null, ...begun, file }); // prettier-ignore
      await insertLines(db, tenantId, id, 0, lines);
      await finishPull(db, tenantId, id, ctx.now);
    }
    await recordAudit(db, ctx, {
      action: known ? "bill.file_added_again" : "bill.file_added",
      subject: id,
      after: { provider, fileName: upload.fileName, sha256: upload.sha256, firstDay, lastDay, amountUsd, isSettled },
    }); // prettier-ignore
    return { id, provider, lastDay, wasKnown: known !== null };
  });
  await removeUpload(uploadId);
  await compareFile(ctx, content);
  return added;
}

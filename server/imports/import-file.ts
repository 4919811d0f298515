import { makeMonths } from "@/server/calls/make-months";
import { recordCalls } from "@/server/calls/record";
import { maxCallsPerBatch, type RecordCallsAnswer } from "@/server/calls/schemas";
import { currentTime } from "@/server/clock";
import type { Ctx } from "@/server/context";
import type { ImportCounts, RejectedRow } from "./queries";
import { patiently } from "./patiently";
import { type CallOfRow, rowReader } from "./rows-to-calls";
import { readRows } from "./read-rows";
import type { ImportFormat, ImportMapping } from "./schemas";

export interface ImportSource {
  file: string;
  format: ImportFormat;
  mapping: ImportMapping;
}

export interface ImportProgress extends ImportCounts {
  /** Accepted calls whose price is not known, and calls without a feature. */
  unpriced: number;
  unattributed: number;
}

/** After each batch, with the rows that were rejected since the last. */
export type OnProgress = (progress: ImportProgress, rejected: readonly RejectedRow[]) => Promise<void>;

/**
 * Brings a file's rows into the ledger, a batch at a time: good rows are kept, bad ones are told with their line. Running it
 * again, whole or after it was killed, changes nothing.
 * @throws DomainError UNAVAILABLE when the database stays away; what was reported as accepted until then is stored
 */
export async function importFile(
  ctx: Ctx,
  source: ImportSource,
  onProgress: OnProgress,
): Promise<ImportProgress> {
  const progress: ImportProgress = {
    rowsRead: 0,
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    unpriced: 0,
    unattributed: 0,
    bytesRead: 0,
  };
  const months = new Set<string>();
  const read = rowReader(source.mapping);
  let batch: CallOfRow[] = [];
  let rejected: RejectedRow[] = [];

  const flush = async () => {
    if (batch.length > 0) {
      await makeNewMonths(ctx, months, batch);
      const answer = await record(ctx, batch);
      for (const { index, code, field, message } of answer.rejected) {
        rejected.push({ line: batch[index]?.line ?? 0, code, field, message });
      }
      for (const name of ["accepted", "duplicates", "unpriced", "unattributed"] as const)
        progress[name] += answer[name];
    }
    progress.rejected += rejected.length;
    await onProgress({ ...progress }, rejected);
    batch = [];
    rejected = [];
  };
  for await (const fileRow of readRows(source.file, source.format)) {
    progress.rowsRead += 1;
    progress.bytesRead = fileRow.bytes;
    const row = read(fileRow);
    if (row.ok) batch.push(row.row);
    else rejected.push(row.rejected);
    if (batch.length + rejected.length >= maxCallsPerBatch) await flush();
  }
  await flush();
  return progress;
}

/** Each month is asked for once in a file. */
async function makeNewMonths(ctx: Ctx, known: Set<string>, batch: readonly CallOfRow[]): Promise<void> {
  const months = new Set(batch.map(({ call }) => call.occurredAt.slice(0, 7)));
  const fresh = [...months].filter((month) => !known.has(month));
  if (fresh.length === 0) return;
  await patiently(() => makeMonths({ ...ctx, now: currentTime() }, fresh));
  for (const month of fresh) known.add(month);
}

function record(ctx: Ctx, batch: readonly CallOfRow[]): Promise<RecordCallsAnswer> {
  const calls = batch.map(({ call }) => call);
  // An import takes its time: each batch is received when it comes.
  return patiently(() =>
    recordCalls({ ...ctx, now: currentTime() }, { calls }, { source: "import", anyAge: true }),
  );
}

import { statSync } from "node:fs";
import { basename } from "node:path";
import { currentTime } from "@/server/clock";
import type { Ctx } from "@/server/context";
import { withJobs } from "@/server/db";
import { rollUp } from "@/server/rollups/roll-up";
import { systemContext } from "@/server/system-context";
import { assess } from "./assess";
import { checkMapping, type CliArguments, UsageError } from "./cli-arguments";
import { previewLines, ProgressPrinter, rejectionLine, resultLines } from "./cli-report";
import { fileColumns } from "./file-columns";
import { guessMapping } from "./guess-mapping";
import { patiently } from "./patiently";
import { type RejectedRow, tenantIdOf } from "./queries";
import { formatOf } from "./read-rows";
import { beginRun, type NamedSource, runImport } from "./run-import";
import { previewRows } from "./schemas";
import { sha256Of } from "./uploads";

/** Bad rows that are printed; the others stand in the database, under the import. */
const printedRejections = 20;
const job = "import-cli";

/** What `npm run import` does once it knows the database. @throws UsageError, DomainError */
export async function runCli(args: CliArguments, out: NodeJS.WriteStream): Promise<void> {
  const bytes = statSync(args.file, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) throw new UsageError(`There is no file ${args.file}.`);
  const tenantId = await withJobs((db) => tenantIdOf(db, args.tenant));
  if (tenantId === null) throw new UsageError(`There is no tenant ${args.tenant}.`);
  const ctx = await systemContext(tenantId, job);
  const format = formatOf(args.file);
  const columns = await fileColumns(args.file, format);
  const mapping = checkMapping(
    { columns: args.columns ?? guessMapping(columns), set: args.set, zone: args.zone },
    columns,
  );
  const say = (lines: readonly string[]) => lines.forEach((line) => out.write(`${line}\n`));
  if (args.columns === null)
    say([
      `Columns by their names: ${Object.entries(mapping.columns)
        .map(([field, column]) => `${field}=${column}`)
        .join(", ")}`,
    ]);
  if (args.dryRun) {
    const assessment = await assess(
      ctx,
      { file: args.file, format, mapping },
      { rows: Infinity, shown: previewRows, rejected: printedRejections },
    );
    say([
      ...previewLines(assessment),
      ...badRows(assessment.rejected, assessment.bad, null),
      "This was a dry run: nothing was stored.",
    ]);
    return;
  }
  const named = {
    file: args.file,
    format,
    mapping,
    fileName: basename(args.file),
    fileSha256: await sha256Of(args.file),
    bytesTotal: bytes,
  };
  await importAndReport(ctx, named, new ProgressPrinter(out, bytes), say);
}

function badRows(shown: readonly RejectedRow[], all: number, importId: string | null): string[] {
  if (all === 0) return [];
  const more = importId === null ? "" : ` All are listed under import ${importId}.`;
  return [`Bad rows (${String(shown.length)} of ${String(all)}):${more}`, ...shown.map(rejectionLine)];
}

async function importAndReport(
  ctx: Ctx,
  source: NamedSource,
  printer: ProgressPrinter,
  say: (lines: readonly string[]) => void,
): Promise<void> {
  const shown: RejectedRow[] = [];
  const id = await beginRun(ctx, source);
  const result = await runImport(ctx, id, source, (progress, rejected) => {
    shown.push(...rejected.slice(0, printedRejections - shown.length));
    printer.show(progress);
    return Promise.resolve();
  });
  printer.end();
  say([...resultLines(result), ...badRows(shown, result.rejected, id)]);
  if (result.accepted === 0) return;
  say(["Rolling up …"]);
  // The jobs would do it within a minute, if they run; both at once do no harm.
  while ((await patiently(() => rollUp({ ...ctx, now: currentTime() }))).more);
  say(["Done."]);
}

import { requireRight } from "@/server/auth/permissions";
import { isStartOfDay, localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { type CsvStream, csvOf } from "./csv";
import { reportTables, type TableName } from "./registry";
import type { ReportTable } from "./table";

export interface ExportInput {
  table: string;
  /** As the table takes it; checked here. */
  input: unknown;
  bom: boolean;
  /** Told what broke a file off midway. */
  onError: (error: unknown) => void;
}

export interface ExportAnswer extends CsvStream {
  fileName: string;
}

/**
 * A report as a file that is written while it is read: every row of the question, however many.
 * @throws DomainError NOT_FOUND for a table that there is not, INVALID_INPUT, and whatever the table's question throws
 */
export async function exportTable(
  ctx: Ctx,
  { table: name, input, ...options }: ExportInput,
): Promise<ExportAnswer> {
  const table = tableOf(name);
  requireRight(ctx.actor, table.right);
  const stream = await csvOf(table.open(ctx, input), options);
  return { ...stream, fileName: fileNameOf(ctx, name, stream) };
}

function tableOf(name: string): ReportTable {
  if (!Object.hasOwn(reportTables, name))
    throw new DomainError("NOT_FOUND", "There is no such table.", { field: "table" });
  return reportTables[name as TableName];
}

/** acme-breakdown-2026-11-01-to-2026-11-30.csv: days of the tenant, the last one included. */
function fileNameOf({ tenant }: Ctx, table: string, { from, to }: CsvStream): string {
  const [first, end] = [new Date(from), new Date(to)];
  const last = new Date(isStartOfDay(end, tenant.timeZone) ? end.getTime() - 1 : end.getTime());
  const days = [...new Set([first, last].map((at) => localDay(at, tenant.timeZone)))];
  return `${[tenant.slug, table, days.join("-to-")].join("-")}.csv`;
}

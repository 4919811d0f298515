import { type FileRow } from "./read-rows";
import { mapRow } from "./map-row";
import type { RejectedRow } from "./queries";
import { RowIds } from "./row-id";
import type { ImportMapping } from "./schemas";

export interface CallOfRow {
  line: number;
  call: Record<string, unknown> & { id: string; occurredAt: string };
}

/** Before this no month can be made (prisma/migrations, create_month). */
const firstYear = "2020";

export type ReadRow = { ok: true; row: CallOfRow } | { ok: false; rejected: RejectedRow };

/** Turns a file's rows into calls, in order. One for each file, for it counts rows that are alike. */
export function rowReader(mapping: ImportMapping): (row: FileRow) => ReadRow {
  const ids = new RowIds();
  return (row) => {
    const { line } = row;
    if ("fault" in row)
      return { ok: false, rejected: { line, code: "MALFORMED", field: null, message: row.fault } };
    const mapped = mapRow(row.values, mapping);
    if (!mapped.ok) return { ok: false, rejected: { line, ...mapped.fault } };
    const { call } = mapped.row;
    const occurredAt = String(call.occurredAt);
    if (occurredAt < firstYear) {
      return {
        ok: false,
        rejected: { line, code: "TOO_OLD", field: "occurredAt", message: `is before ${firstYear}` },
      };
    }
    return { ok: true, row: { line, call: { ...call, id: ids.idOf(mapped.row), occurredAt } } };
  };
}

import { readRows } from "./read-rows";
import type { ImportFormat } from "./schemas";

/** Rows whose columns are gathered: JSON objects need not all have the same. */
const rowsForColumns = 50;

export async function fileColumns(file: string, format: ImportFormat): Promise<string[]> {
  const columns = new Set<string>();
  let rows = 0;
  for await (const row of readRows(file, format)) {
    if ("values" in row) for (const column of row.values.keys()) columns.add(column);
    rows += 1;
    if (rows >= rowsForColumns) break;
  }
  return [...columns];
}

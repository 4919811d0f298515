import { stringify } from "csv-stringify/sync";
import { cellText, type Kind, type Value } from "@/server/analytics/tables/cell";

export type EvidenceColumn<Row> = readonly [name: string, kind: Kind, of: (row: Row) => Value];

const line = (records: string[][]) =>
  stringify(records, { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });

/** Text that looks as if we had put an apostrophe before it. */
const looksEscaped = /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** As in every download, and such that a reader gets back what was there: an apostrophe of ours is always one too many. */
const cell = (kind: Kind, value: Value) =>
  typeof value === "string" && kind === "text" && looksEscaped.test(value)
    ? `'${value}`
    : cellText(kind, value);

/** A CSV of the pack, a batch of rows at a time. */
export async function* evidenceCsv<Row>(
  columns: readonly EvidenceColumn<Row>[],
  batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncIterable<Uint8Array> {
  yield Buffer.from(line([columns.map(([name]) => name)]));
  for await (const rows of batches) {
    if (rows.length > 0)
      yield Buffer.from(line(rows.map((row) => columns.map(([, kind, of]) => cell(kind, of(row))))));
  }
}

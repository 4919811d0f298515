import { stringify } from "csv-stringify/sync";
import { cellText } from "@/server/analytics/tables/cell";
import { focusColumns, focusNames, type FocusRow } from "./columns";

const lines = (records: string[][]) =>
  stringify(records, { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });

/** Numbers and instants are what they are; text that a spreadsheet would run gets an apostrophe before it. */
const cells = (row: FocusRow) =>
  focusNames.map((name) => {
    const { type } = focusColumns[name];
    return cellText(type === "text" || type === "instant" ? "text" : "number", row[name]);
  });

/** RFC 4180, a batch of rows at a time. */
export async function* focusCsv(rows: AsyncIterable<FocusRow[]>): AsyncIterable<Uint8Array> {
  yield Buffer.from(lines([focusNames]));
  for await (const batch of rows) if (batch.length > 0) yield Buffer.from(lines(batch.map(cells)));
}

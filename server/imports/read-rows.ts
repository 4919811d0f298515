import type { ImportFormat } from "./schemas";
import { readCsv } from "./read-csv";
import { readJsonl } from "./read-jsonl";

/** A row of the file: its first line (from 1), and its cells by column or why there are none. */
export type FileRow = {
  line: number;
  /** Of the file, read so far. */
  bytes: number;
} & ({ values: ReadonlyMap<string, string> } | { fault: string });

export function formatOf(fileName: string): ImportFormat {
  return /\.(jsonl|ndjson|json)$/i.test(fileName) ? "jsonl" : "csv";
}

export function readRows(file: string, format: ImportFormat): AsyncGenerator<FileRow> {
  return format === "csv" ? readCsv(file) : readJsonl(file);
}

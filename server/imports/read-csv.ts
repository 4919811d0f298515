import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type CsvError, type Info, parse } from "csv-parse";
import type { FileRow } from "./read-rows";

const maxRecordCharacters = 1_000_000;

interface Record {
  record: string[];
  info: Info;
}

/** The separator that the first line uses most. */
export function guessDelimiter(firstLine: string): string {
  const count = (delimiter: string) => firstLine.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
}

async function textAt(file: string, from: number, bytes: number): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, from);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Where the line after the next non-empty line begins, and how many lines that is; null at the end of the file. */
async function afterNextLine(
  file: string,
  from: number,
): Promise<{ offset: number; lines: number; blank: number } | null> {
  for (let bytes = 65_536; ; bytes *= 4) {
    const text = await textAt(file, from, bytes);
    const blank = /^(\r?\n)*/.exec(text)?.[0] ?? "";
    const end = text.indexOf("\n", blank.length);
    const blankLines = blank.split("\n").length - 1;
    if (end >= 0) return { offset: from + end + 1, lines: blankLines + 1, blank: blankLines };
    if (text.length < bytes) return null;
  }
}

/**
 * Rows of a CSV file, streamed. A quote that is opened and never closed costs its own line only: reading goes on at the
 * line after it.
 */
export async function* readCsv(file: string): AsyncGenerator<FileRow> {
  const firstLine = (await textAt(file, 0, 65_536)).split("\n")[0] ?? "";
  const delimiter = guessDelimiter(firstLine);
  let header: string[] | null = null;
  let offset = 0;
  let line = 0;
  for (;;) {
    const skipped: CsvError[] = [];
    let records = 0;
    let isTorn = false;
    let last = { bytes: 0, lines: 0 };
    const source = createReadStream(file, { start: offset });
    const options = {
      bom: offset === 0,
      info: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
    };
    const parser = parse({
      ...options,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: maxRecordCharacters,
    });
    parser.on("skip", (error: CsvError) => {
      skipped.push(error);
      if (skipped.length > 1) return;
      // What the parser makes of the rest is unreliable; the rows before the bad one are still to be read.
      source.unpipe(parser);
      source.destroy();
      parser.end();
    });
    source.on("error", (error) => parser.destroy(error));
    source.pipe(parser);
    // Whoever reads only the beginning leaves the file closed.
    try {
      for await (const { record, info } of parser as AsyncIterable<Record>) {
        const broken = skipped[0];
        if (broken && records >= Number(broken.records)) break;
        records += 1;
        // The parser counts to the record's last line; cells may hold line breaks.
        const breaks = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
        const from = line + info.lines - breaks;
        // A record over several lines that does not fit the header was held together by a stray quote.
        isTorn = header !== null && breaks > 0 && record.length !== header.length;
        if (isTorn) break;
        last = { bytes: info.bytes, lines: info.lines };
        if (header === null) header = record.map((name) => name.trim());
        else yield rowOf(header, record, from, offset + info.bytes);
      }
    } finally {
      source.destroy();
    }
    if (skipped.length === 0 && !isTorn) return;
    const next = await afterNextLine(file, offset + last.bytes);
    line += last.lines;
    yield {
      line: line + (next?.blank ?? 0) + 1,
      bytes: offset + last.bytes,
      fault: "a quote is opened here and not closed",
    };
    if (!next) return;
    line += next.lines;
    offset = next.offset;
  }
}

function rowOf(header: readonly string[], record: readonly string[], line: number, bytes: number): FileRow {
  if (record.length !== header.length) {
    return { line, bytes, fault: `has ${record.length} cells, but the header has ${header.length}` };
  }
  return { line, bytes, values: new Map(header.map((name, i) => [name, record[i] ?? ""])) };
}

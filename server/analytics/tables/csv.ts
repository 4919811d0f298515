import { stringify } from "csv-stringify/sync";
import { cellText } from "./cell";
import type { OpenTable, PageFacts } from "./table";

interface CsvOptions {
  /** Excel takes a file without it for one in the code page of the machine. */
  bom: boolean;
  /** Told what broke the stream off; the reader learns only that it broke. */
  onError: (error: unknown) => void;
}

export interface CsvStream extends PageFacts {
  body: ReadableStream<Uint8Array>;
}

type CellPage = OpenTable["pages"] extends AsyncIterable<infer Page> ? Page : never;

const encoder = new TextEncoder();

const linesOf = ({ rows }: CellPage) =>
  lines(rows.map((row) => row.map(({ kind, value }) => cellText(kind, value))));

const lines = (records: readonly (readonly string[])[]) =>
  stringify(records as string[][], { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });

/**
 * A table as RFC 4180, a page at a time and only as fast as it is read: the first page is there when this answers, so that
 * a refused question is refused before anything is sent. An error midway errors the stream, for a file that ends cleanly
 * is taken for a whole one.
 */
export async function csvOf({ header, pages }: OpenTable, { bom, onError }: CsvOptions): Promise<CsvStream> {
  const iterator = pages[Symbol.asyncIterator]();
  const first = await nextPage();
  if (first === null) throw new Error("a table without a page");
  const { from, to, watermark } = first;
  let isLeft = false;
  let waiting: string | null = (bom ? "\uFEFF" : "") + lines([header]) + linesOf(first);

  async function nextPage() {
    const next = await iterator.next();
    return next.done === true ? null : next.value;
  }

  async function nextLines(): Promise<string | null> {
    if (waiting !== null) {
      const begun = waiting;
      waiting = null;
      return begun;
    }
    const page = await nextPage();
    return page && linesOf(page);
  }

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const text = await nextLines();
          if (text === null) controller.close();
          else controller.enqueue(encoder.encode(text));
        } catch (error) {
          // Who went away meanwhile broke nothing.
          if (isLeft) return;
          onError(error);
          controller.error(error);
          await iterator.return?.();
        }
      },
      async cancel() {
        isLeft = true;
        await iterator.return?.();
      },
    },
    // Nothing is fetched that nobody waits for.
    { highWaterMark: 0 },
  );
  return { from, to, watermark, body };
}

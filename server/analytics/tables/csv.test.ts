import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Ctx } from "@/server/context";
import { csvOf } from "./csv";
import { defineTable, number, text } from "./table";

interface Row {
  name: string | null;
  usd: string | null;
}
const facts = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z", watermark: null };
const ctx = {} as Ctx;

/** A table of these pages; a page that is an error is thrown. `asked` counts the pages that were made. */
function tableOf(pages: Iterable<Row[] | Error>) {
  const seen = { asked: 0, ended: false };
  const table = defineTable({
    right: "reports:read",
    input: z.strictObject({}),
    columns: () => [text<Row>("name", ({ name }) => name), number<Row>("usd", ({ usd }) => usd)],
    async *pages() {
      try {
        for (const rows of pages) {
          seen.asked += 1;
          if (rows instanceof Error) throw rows;
          yield await Promise.resolve({ rows, ...facts });
        }
      } finally {
        seen.ended = true;
      }
    },
  });
  return { seen, open: () => table.open(ctx, {}) };
}
const plain = { bom: false, onError: () => undefined };
const row = (name: string | null, usd: string | null): Row => ({ name, usd });
/** Bytes, so that the mark at the beginning is not swallowed. */
const textOf = async (body: ReadableStream<Uint8Array>) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(body).arrayBuffer());
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("csvOf", () => {
  it("writes RFC 4180: a header, CRLF after each line, quotes where they are needed", async () => {
    const { open } = tableOf([
      [row('a,"b"', "0.1"), row("two\nlines", "-2"), row("x\ry", null)],
      [row(null, "3")],
    ]);
    const { body } = await csvOf(open(), plain);
    expect(await textOf(body)).toBe('name,usd\r\n"a,""b""",0.1\r\n"two\nlines",-2\r\n"x\ry",\r\n,3\r\n');
  });

  it("has a header when there are no rows", async () => {
    expect(await textOf((await csvOf(tableOf([[]]).open(), plain)).body)).toBe("name,usd\r\n");
  });

  it("begins with a mark for Excel if asked", async () => {
    const { body } = await csvOf(tableOf([[row("ü", "1")]]).open(), { ...plain, bom: true });
    expect(await textOf(body)).toBe("\uFEFFname,usd\r\nü,1\r\n");
  });

  it("can be read back, whatever the text", async () => {
    const name = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("", '"', "\r\n", ",", "'", "=1", "-", "\uFEFF"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(name, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        async (pages) => {
          const { open } = tableOf(pages.map((names) => names.map((each) => row(each, "1"))));
          const read = parse(await textOf((await csvOf(open(), plain)).body), {
            columns: true,
          }) as unknown as Row[];
          const unescaped = read.map((each) =>
            each.name?.replace(/^'(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/, ""),
          );
          expect(unescaped).toEqual(
            pages.flat().map((each) => each.replace(/^'(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/, "")),
          );
        },
      ),
    );
  });

  it("breaks off where a page fails, and never ends as if it were whole", async () => {
    const onError = vi.fn();
    const { open } = tableOf([[row("a", "1")], new Error("the database went away"), [row("b", "2")]]);
    const { body } = await csvOf(open(), { bom: false, onError });
    const reader = body.getReader();
    expect((await reader.read()).done).toBe(false);
    await expect(reader.read()).rejects.toThrow("went away");
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it("breaks off at a number that would be another one in the reader's hands", async () => {
    const { open, seen } = tableOf([[row("a", "1")], [row("b", "1e-7")], [row("c", "2")]]);
    const { body } = await csvOf(open(), plain);
    await expect(textOf(body)).rejects.toThrow("not a plain number");
    expect(seen).toEqual({ asked: 2, ended: true });
  });

  it("refuses before anything is sent when the first page fails", async () => {
    await expect(csvOf(tableOf([new Error("no such range")]).open(), plain)).rejects.toThrow("no such range");
  });

  it("stops asking when its reader leaves, and calls that no failure", async () => {
    const onError = vi.fn();
    const { open, seen } = tableOf(Array.from({ length: 9 }, () => [row("a", "1")]));
    const { body } = await csvOf(open(), { bom: false, onError });
    const reader = body.getReader();
    await reader.read();
    const pending = reader.read();
    await reader.cancel();
    await pending;
    await settled();
    expect(seen.asked).toBeLessThanOrEqual(2);
    expect(seen.ended).toBe(true);
    expect(onError).not.toHaveBeenCalled();
  });

  it("writes 200,000 rows with one page at a time in memory", async () => {
    const [pages, rowsOfPage] = [200, 1_000];
    function* made() {
      for (let page = 0; page < pages; page += 1) {
        yield Array.from({ length: rowsOfPage }, (_, n) =>
          row(`feature ${String(page)}`, `${String(n)}.000000000000000001`),
        );
      }
    }
    const { open, seen } = tableOf(made());
    const reader = (await csvOf(open(), plain)).body.getReader();
    let [chunks, lines] = [0, 0];
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks += 1;
      lines += next.value.filter((byte) => byte === 10).length;
      await settled();
      // What is read of is as much as was asked for: nobody runs ahead of a slow reader.
      expect(seen.asked).toBe(chunks);
    }
    expect(lines).toBe(1 + pages * rowsOfPage);
  });
});

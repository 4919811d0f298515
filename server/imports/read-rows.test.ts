import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type FileRow, formatOf, readRows } from "./read-rows";

const folder = mkdtempSync(join(tmpdir(), "tokenledger-rows-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rowsOf(name: string, text: string): Promise<[number, unknown][]> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const rows: FileRow[] = [];
  for await (const row of readRows(file, formatOf(name))) rows.push(row);
  return rows.map((row) => [row.line, "fault" in row ? row.fault : Object.fromEntries(row.values)]);
}
const unclosed = "a quote is opened here and not closed";

describe("rows of a CSV file", () => {
  it.each([
    ["plain", "a,b\n1,2\n3,4\n", [[2, { a: "1", b: "2" }], [3, { a: "3", b: "4" }]]],
    ["without a last line break", "a,b\n1,2", [[2, { a: "1", b: "2" }]]],
    ["with a byte order mark and CRLF", "\uFEFFa,b\r\n1,2\r\n", [[2, { a: "1", b: "2" }]]],
    ["semicolons", "a;b\n1,5;2\n", [[2, { a: "1,5", b: "2" }]]],
    ["tabs", "a\tb\n1\t2\n", [[2, { a: "1", b: "2" }]]],
    ["blank lines", "a,b\n\n1,2\n\n\n3,4\n", [[3, { a: "1", b: "2" }], [6, { a: "3", b: "4" }]]],
    ["a line break in a cell", 'a,b\n"1\n1",2\n3,4\n', [[2, { a: "1\n1", b: "2" }], [4, { a: "3", b: "4" }]]],
    ["a row too short, and one too long", "a,b\n1\n1,2,3\n4,5\n", [[2, "has 1 cells, but the header has 2"], [3, "has 3 cells, but the header has 2"], [4, { a: "4", b: "5" }]]],
    ["text after a closing quote", 'a,b\n1,"2"x\n3,4\n', [[2, { a: "1", b: '"2"x' }], [3, { a: "3", b: "4" }]]],
    ["a quote that is never closed", 'a,b\n1,2\n3,"4\n5,6\n7,8\n', [[2, { a: "1", b: "2" }], [3, unclosed], [4, { a: "5", b: "6" }], [5, { a: "7", b: "8" }]]],
    ["two of them", 'a,b\n1,"2\n3,4\n5,6\n"7,8\n9,10\n', [[2, unclosed], [3, { a: "3", b: "4" }], [4, { a: "5", b: "6" }], [5, unclosed], [6, { a: "9", b: "10" }]]],
    ["one in the last line", 'a,b\n1,2\n3,"4', [[2, { a: "1", b: "2" }], [3, unclosed]]],
    ["only a header", "a,b\n", []],
    ["nothing", "", []],
  ] as [string, string, [number, unknown][]][])("%s", async (_name, text, rows) => {
    expect(await rowsOf("file.csv", text)).toEqual(rows);
  }); // prettier-ignore

  it("a cell that runs on for megabytes costs its line alone", async () => {
    const text = `a,b\n1,2\n3,"${"x,y\n".repeat(400_000)}`;
    const rows = await rowsOf("long.csv", text);
    expect(rows[0]).toEqual([2, { a: "1", b: "2" }]);
    expect(rows[1]).toEqual([3, unclosed]);
    expect(rows[2]).toEqual([4, { a: "x", b: "y" }]);
    expect(rows.at(-1)).toEqual([400_002, { a: "x", b: "y" }]);
    expect(rows.length).toBe(400_001);
  });
});

it("rows of JSON lines, nested objects as paths", async () => {
  const text =
    '{"id":"a","usage":{"inputTokens":3},"list":[1],"none":null}\n\nnot json\n[1]\n{"batch":true}\n';
  expect(await rowsOf("file.jsonl", text)).toEqual([
    [1, { id: "a", "usage.inputTokens": "3" }],
    [3, "is not JSON"],
    [4, "is not a JSON object"],
    [5, { batch: "true" }],
  ]);
});

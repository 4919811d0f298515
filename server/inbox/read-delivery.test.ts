import fc from "fast-check";
import { expect, it } from "vitest";
import { readDelivery } from "./read-delivery";

it.each<[name: string, body: string, items: number, badLines: number]>([
  ["an array", '[{"id":1},{"id":2}]', 2, 0],
  ["an empty array", "[]", 0, 0],
  ["one object", '{"id":1}', 1, 0],
  ["one object over several lines", '{\n "id":\n 1\n}', 1, 0],
  ["an object a line", '{"id":1}\n{"id":2}\n', 2, 0],
  ["lines of Windows, and empty ones", '{"id":1}\r\n\r\n{"id":2}\r\n', 2, 0],
  ["a line that was cut", '{"id":1}\n{"id":2}\n{"id', 2, 1],
  ["lines that are no objects", '{"id":1}\n[5]\nnull', 1, 2],
  ["a byte order mark", '\uFEFF[{"id":1}]', 1, 0],
  ["an array of anything: each is looked at by itself", '[null,5,{"id":1}]', 3, 0],
])("reads %s", (_, body, items, badLines) => {
  const read = readDelivery(body);
  expect(read.ok && [read.items.length, read.badLines]).toEqual([items, badLines]);
});

it.each([
  "",
  " \n",
  "5",
  '"x"',
  "null",
  "true",
  "[",
  "[1,",
  "{",
  '{"a":',
  "NaN",
  "<html>",
  "\0",
  "[1]\n[2]",
  "{\n{",
])("refuses %j", (body) => expect(readDelivery(body).ok).toBe(false));

it("reads the same items however they are laid out", () => {
  const items = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(items, (sent) => {
      const whole = readDelivery(JSON.stringify(sent));
      const lines = readDelivery(sent.map((item) => JSON.stringify(item)).join("\n"));
      expect(lines).toEqual(whole);
      expect(whole).toMatchObject({ ok: true, badLines: 0 });
    }),
    { seed: 20261121 },
  );
});

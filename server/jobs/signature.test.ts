import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson, sign } from "./signature";

it("sorts keys at every depth and drops what JSON has no word for", () => {
  const value = { b: [{ z: 1, a: undefined, y: null }], a: "ü\u2028\n", "10": 1e21, "9": -0, Ä: true };
  expect(canonicalJson(value)).toBe(`{"10":1e+21,"9":0,"a":"ü\u2028\\n","b":[{"y":null,"z":1}],"Ä":true}`);
});

it("says the same as JSON, whatever the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

it("signs the body and the second, with the key after its prefix", () => {
  const at = new Date("2026-03-01T00:00:00.999Z");
  expect(sign("{}", "signkey-prod-abc123", at)).toBe(sign("{}", "abc123", at));
  expect(sign("{}", "abc123", at)).toMatch(/^t=1772323200&s=[0-9a-f]{64}$/);
  expect(sign("{ }", "abc123", at)).not.toBe(sign("{}", "abc123", at));
});

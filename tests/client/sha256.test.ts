import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { sha256, sha256InPlainScript } from "@/public/client/src/sha256";

const expected = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

it("hashes as everybody does, with the platform's help and without", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect([sha256(text), sha256InPlainScript(text)]).toEqual([expected(text), expected(text)]);
    }),
    { seed: 20261121, numRuns: 200 },
  );
}, 30_000);

it.each([0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 100_000])("hashes %i letters in plain script", (length) => {
  const text = "a".repeat(length);
  expect(sha256InPlainScript(text)).toBe(expected(text));
});

it("does without the platform where it has no such module", () => {
  vi.stubGlobal("process", { getBuiltinModule: undefined });
  const hash = sha256("prompt");
  vi.unstubAllGlobals();
  expect(hash).toBe(expected("prompt"));
});

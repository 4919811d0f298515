import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import ts from "typescript";
import { expect, it } from "vitest";
import type { z } from "zod";
import type { Call, Share, Usage } from "@/public/client/src/api";
import { buildClient, scriptFile, typesFile } from "@/public/client/src/build";
import type { CallInput, Share as WireShare, Usage as WireUsage } from "@/server/calls/schemas";

it("is what its sources make (npm run client:build)", async () => {
  const { script, types } = await buildClient();
  expect(readFileSync(scriptFile, "utf8")).toBe(script);
  expect(readFileSync(typesFile, "utf8")).toBe(types);
}, 30_000);

it("needs no other file, and is small", () => {
  const script = readFileSync(scriptFile, "utf8");
  expect(script).not.toMatch(/\b(import|require)\s*[("']|\bfrom\s*"/);
  expect(gzipSync(script).length).toBeLessThan(12 * 1024);
});

const example = `
import { createTokenledger, readUsage, type Drop, type Usage } from "./tokenledger.js";
const ledger = createTokenledger({ endpoint: "https://ledger.test", key: "k", onDrop: (drop: Drop) => drop.count });
ledger.track({ model: "gpt-4o", usage: { inputTokens: 1 }, prompt: { id: "p", text: "hello" }, occurredAt: new Date() });
class Client { readonly chat = { completions: { create: (body: { model: string }) => Promise.resolve(body.model.length) } }; }
const length: Promise<number> = ledger.wrapOpenAI(new Client(), { feature: "chat" }).chat.completions.create({ model: "m" });
const usage: Usage | null = readUsage({});
const done: Promise<boolean> = ledger.close();
// @ts-expect-error a call has no messages
ledger.track({ model: "gpt-4o", messages: [] });
// @ts-expect-error tokens are numbers
ledger.track({ model: "gpt-4o", usage: { inputTokens: "1" } });
export { done, length, usage };
`;

it("has types that strict projects compile with", () => {
  const folder = mkdtempSync(join(tmpdir(), "tokenledger-types-"));
  writeFileSync(join(folder, "tokenledger.d.ts"), readFileSync(typesFile, "utf8"));
  writeFileSync(join(folder, "example.ts"), example);
  const program = ts.createProgram([join(folder, "example.ts")], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    noEmit: true,
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")); // prettier-ignore
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
}, 60_000);

// The compiler holds the client's words to the ledger's: a field that only one of them knows does not compile.
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;
const sameFields: [
  Same<Exclude<keyof Call, "providerUsage">, keyof z.input<typeof CallInput>>,
  Same<keyof Usage, keyof WireUsage>,
  Same<keyof Share, keyof WireShare>,
  Same<Call["kind"], z.input<typeof CallInput>["kind"]>,
  Same<Call["billed"], z.input<typeof CallInput>["billed"]>,
  Same<Call["cache"], z.input<typeof CallInput>["cache"]>,
] = [true, true, true, true, true, true];

it("knows the fields of a call that the ledger knows", () => {
  expect(sameFields.every(Boolean)).toBe(true);
});

import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contextOf, loadPrices, makeTenant, personWith } from "@/tests/factories/tenant";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { traceOf } from "@/tests/import/made-trace";
import { listImports } from "./list";
import { beginRun, type NamedSource, runImport } from "./run-import";
import { ImportMapping } from "./schemas";
import { showImport } from "./show";

const now = new Date("2026-11-20T12:00:00Z");
const folder = makeTemporaryFolder("run-import");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const trace = traceOf(2_400);

function sourceOf(): NamedSource {
  const file = join(folder, "trace.csv");
  writeFileSync(file, trace.text);
  const columns = {
    occurredAt: "TIMESTAMP",
    "usage.inputTokens": "ContextTokens",
    "usage.outputTokens": "GeneratedTokens",
  };
  const mapping = ImportMapping.parse({ columns, set: { provider: "openai", model: "gpt-4o" } });
  return {
    file,
    format: "csv",
    mapping,
    fileName: "trace.csv",
    fileSha256: "0",
    bytesTotal: statSync(file).size,
  };
}

beforeAll(() => loadPrices(now));

describe("a running import", () => {
  it("tells how much of the file it has read, when it last gave a sign of life, and keeps its mapping", async () => {
    const ctx = contextOf(await makeTenant(), personWith("finance"), now);
    const source = sourceOf();
    const id = await beginRun(ctx, source);
    expect(await showImport(ctx, { id })).toMatchObject({
      state: "running",
      bytesRead: 0,
      bytesTotal: trace.text.length,
      progressedAt: now.toISOString(),
      mapping: source.mapping,
    });

    const seen: Awaited<ReturnType<typeof showImport>>[] = [];
    await runImport(ctx, id, source, async () => {
      seen.push(await showImport(ctx, { id }));
    });
    const [first] = seen;
    expect(first?.rowsRead).toBe(1_000);
    expect(first?.bytesRead).toBe(trace.text.split("\n").slice(0, 1_001).join("\n").length + 1);
    expect(Date.parse(first?.progressedAt ?? "")).toBeGreaterThan(now.getTime());

    const [ended] = await listImports(ctx);
    expect(ended).toMatchObject({
      id,
      state: "done",
      rowsRead: trace.calls,
      bytesRead: trace.text.length,
      bytesTotal: trace.text.length,
      mapping: source.mapping,
    });
  });

  it("that failed says so, and how far it had come", async () => {
    const ctx = contextOf(await makeTenant(), personWith("finance"), now);
    const source = sourceOf();
    const id = await beginRun(ctx, source);
    const run = runImport(ctx, id, source, () => Promise.reject(new Error("killed")));
    await expect(run).rejects.toThrow("killed");
    const shown = await showImport(ctx, { id });
    expect(shown).toMatchObject({ state: "failed", rowsRead: 1_000 });
    expect(shown.failure).not.toContain("killed");
  });
});

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seedPerson } from "@/prisma/seed/seed-person";
import { seedContext, seedTenant } from "@/prisma/seed/seed-tenant";
import { createContext, type Ctx } from "@/server/context";
import { assess } from "@/server/imports/assess";
import { importFile, type ImportSource } from "@/server/imports/import-file";
import { listImports } from "@/server/imports/list";
import { patiently } from "@/server/imports/patiently";
import { prepareUpload } from "@/server/imports/prepare-upload";
import { previewImport } from "@/server/imports/preview";
import { receiveUpload } from "@/server/imports/receive-upload";
import { ImportMapping } from "@/server/imports/schemas";
import { showImport } from "@/server/imports/show";
import { startImport } from "@/server/imports/start";
import { withClient } from "@/server/launch/provision";
import { appendSnapshot } from "@/server/prices/append-snapshot";
import { rollUp } from "@/server/rollups/roll-up";
import { testDatabase } from "@/tests/setup/database";
import { costOf, traceOf } from "./made-trace";

// Before server/env.ts is read: uploads lie in the data folder.
const folder = await vi.hoisted(async () => {
  const [fs, os, path] = await Promise.all([import("node:fs"), import("node:os"), import("node:path")]);
  return (process.env.DATA_DIR = fs.mkdtempSync(path.join(os.tmpdir(), "tokenledger-import-")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mapping = ImportMapping.parse({
  columns: {
    occurredAt: "TIMESTAMP",
    "usage.inputTokens": "ContextTokens",
    "usage.outputTokens": "GeneratedTokens",
  },
  set: { provider: "openai", model: "gpt-4o", feature: "conversation" },
});

function source(name: string, text: string): ImportSource {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { file, format: "csv", mapping };
}

interface Ledger {
  calls: number;
  input: number;
  output: number;
  cost: string | null;
}

async function ledgerOf(ctx: Ctx): Promise<Ledger | undefined> {
  const sql = `SELECT count(*)::int AS calls, coalesce(sum(fresh_input_tokens), 0)::int AS input,
      coalesce(sum(visible_output_tokens), 0)::int AS output, trim_scale(sum(cost_usd))::text AS cost FROM call WHERE tenant_id = $1`;
  return withClient(
    testDatabase().adminUrl,
    async (client) => (await client.query<Ledger>(sql, [ctx.tenant.id])).rows[0],
  );
}

async function newTenant(): Promise<Ctx> {
  const ctx = seedContext({ timeZone: "Asia/Kolkata" });
  await seedTenant(ctx);
  return ctx;
}

const ignore = () => Promise.resolve();

beforeAll(() => appendSnapshot({ now: new Date() }));

describe("an import", () => {
  it("equals a plain sum over its file, and a second time changes nothing", async () => {
    const ctx = await newTenant();
    const trace = traceOf(2_400);
    const file = source("trace.csv", trace.text);
    const first = await importFile(ctx, file, ignore);
    expect(first).toMatchObject({
      rowsRead: trace.calls,
      accepted: trace.calls,
      duplicates: 0,
      rejected: 0,
      unpriced: 0,
      unattributed: 0,
    });
    const whole = {
      calls: trace.calls,
      input: trace.input,
      output: trace.output,
      cost: costOf(trace.input, trace.output),
    };
    expect(await ledgerOf(ctx)).toEqual(whole);
    const second = await importFile(ctx, file, ignore);
    expect(second).toMatchObject({ accepted: 0, duplicates: trace.calls, rejected: 0 });
    expect(await ledgerOf(ctx)).toEqual(whole);

    while ((await patiently(() => rollUp(ctx))).more);
    const rolled = await withClient(testDatabase().adminUrl, async (client) => {
      const sql =
        "SELECT sum(calls)::int AS calls, trim_scale(sum(cost_usd))::text AS cost FROM rollup_day WHERE tenant_id = $1";
      return (await client.query<Pick<Ledger, "calls" | "cost">>(sql, [ctx.tenant.id])).rows[0];
    });
    expect(rolled).toEqual({ calls: whole.calls, cost: whole.cost });
  });

  it("that was killed half-way is completed by running it again", async () => {
    const ctx = await newTenant();
    const trace = traceOf(2_400);
    const file = source("killed.csv", trace.text);
    let batches = 0;
    const killed = importFile(ctx, file, () => {
      batches += 1;
      return batches === 2 ? Promise.reject(new Error("killed")) : Promise.resolve();
    });
    await expect(killed).rejects.toThrow("killed");
    expect((await ledgerOf(ctx))?.calls).toBe(2_000);
    await importFile(ctx, file, ignore);
    expect(await ledgerOf(ctx)).toMatchObject({
      calls: trace.calls,
      input: trace.input,
      output: trace.output,
    });
  });

  it("lists every bad row with its line, field and reason, and keeps the good ones", async () => {
    const ctx = await newTenant();
    const good = "2026-03-01 12:00:00,1,1";
    const rows = [
      good,
      "soon,1,1",
      "2026-03-01 12:00:00,x,1",
      "2026-03-01 12:00:00,1",
      '2026-03-01 12:00:01,"1,1',
      "2019-12-31 23:59:59,1,1",
      "2200-01-01 00:00:00,1,1",
      "2026-03-01 12:00:00,1,2000000000",
      good,
    ];
    const told: unknown[] = [];
    const result = await importFile(
      ctx,
      source("bad.csv", `TIMESTAMP,ContextTokens,GeneratedTokens\n${rows.join("\n")}\n`),
      (_progress, rejected) => {
        told.push(...rejected.map(({ line, code, field }) => [line, code, field]));
        return Promise.resolve();
      },
    );
    expect(result).toMatchObject({ rowsRead: 9, accepted: 2, rejected: 7 });
    expect(told.sort((a, b) => Number((a as number[])[0]) - Number((b as number[])[0]))).toEqual([
      [3, "INVALID", "occurredAt"],
      [4, "INVALID", "usage.inputTokens"],
      [5, "MALFORMED", null],
      [6, "MALFORMED", null],
      [7, "TOO_OLD", "occurredAt"],
      [8, "TOO_NEW", "occurredAt"],
      [9, "INVALID", "usage.outputTokens"],
    ]);
    expect((await ledgerOf(ctx))?.calls).toBe(2);
  });

  it("can be tried dry: the same figures, and nothing stored", async () => {
    const ctx = await newTenant();
    const trace = traceOf(500);
    const dry = await assess(ctx, source("dry.csv", trace.text), { rows: Infinity, shown: 2, rejected: 5 });
    expect(dry).toMatchObject({
      rowsRead: trace.calls,
      good: trace.calls,
      bad: 0,
      costUsd: costOf(trace.input, trace.output),
      inputTokens: trace.input,
    });
    expect(dry.first[0]).toMatchObject({
      line: 2,
      occurredAt: "2022-05-31T23:30:00.000Z",
      priceStatus: "priced",
      feature: "conversation",
    });
    expect((await ledgerOf(ctx))?.calls).toBe(0);
  });
});

describe("an uploaded file", () => {
  const bodyOf = (text: string) => new Blob([text]).stream();

  async function upload(ctx: Ctx, text: string): Promise<string> {
    const { uploadId } = await prepareUpload(ctx, { fileName: "trace.csv" });
    await receiveUpload(uploadId, bodyOf(text));
    return uploadId;
  }

  async function ended(ctx: Ctx, id: string) {
    return expect
      .poll(async () => (await showImport({ ...ctx, now: new Date() }, { id })).state, { timeout: 15_000 })
      .toBe("done");
  }

  it("is previewed, imported in the background, and shown with its bad rows", async () => {
    const ctx = await newTenant();
    const trace = traceOf(60);
    const uploadId = await upload(ctx, `${trace.text}soon,1,1\n`);
    const preview = await previewImport(ctx, { uploadId });
    expect(preview).toMatchObject({
      columns: ["TIMESTAMP", "ContextTokens", "GeneratedTokens"],
      mapping: { columns: mapping.columns, zone: "Asia/Kolkata" },
    });
    expect(preview.assessment).toMatchObject({ good: 0 });
    const { id } = await startImport(ctx, { uploadId, mapping });
    await ended(ctx, id);
    const run = await showImport(ctx, { id });
    expect(run).toMatchObject({
      rowsRead: trace.calls + 1,
      accepted: trace.calls,
      rejected: 1,
      failure: null,
      fileName: "trace.csv",
    });
    expect(run.rejections).toEqual([
      {
        line: trace.calls + 2,
        code: "INVALID",
        field: "occurredAt",
        message: expect.stringContaining("soon") as string,
      },
    ]);
    expect((await listImports(ctx)).map((one) => one.id)).toEqual([id]);
    await expect(startImport(ctx, { uploadId, mapping })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that is too large or empty leaves nothing behind", async () => {
    const ctx = await newTenant();
    const { uploadId } = await prepareUpload(ctx, { fileName: "large.csv" });
    await expect(receiveUpload(uploadId, bodyOf("x".repeat(2_000)), 1_000)).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
    });
    await expect(previewImport(ctx, { uploadId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const empty = await prepareUpload(ctx, { fileName: "empty.csv" });
    await expect(receiveUpload(empty.uploadId, bodyOf(""))).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("and its import are nobody else's", async () => {
    const [mine, theirs] = [await newTenant(), await newTenant()];
    const uploadId = await upload(mine, traceOf(20).text);
    await expect(previewImport(theirs, { uploadId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(startImport(theirs, { uploadId, mapping })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { id } = await startImport(mine, { uploadId, mapping });
    await ended(mine, id);
    await expect(showImport(theirs, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listImports(theirs)).toEqual([]);
  });

  it("may not come from a viewer or from an ingest key", async () => {
    const { tenant } = await newTenant();
    const person = await seedPerson();
    const viewer = createContext({
      tenant,
      actor: { kind: "person", personId: person.id, email: person.email, role: "viewer" },
    });
    const key = createContext({
      tenant,
      actor: { kind: "key", keyId: tenant.id, scopes: ["ingest"], pins: {} },
    });
    for (const ctx of [viewer, key]) {
      await expect(prepareUpload(ctx, { fileName: "a.csv" })).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(listImports(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});

it("the fixture is what it says", () => {
  expect(readFileSync(source("fixture.csv", traceOf(3).text).file, "utf8").split("\n")[1]).toMatch(
    /^2022-05-31 23:30:00\.0001234,\d+,\d+$/,
  );
});

import "../factories/data-folder";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import * as focus from "@/app/api/focus/[file]/route";
import * as reports from "@/app/api/reports/[table]/route";
import { recordCalls } from "@/server/calls/record";
import { createKey } from "@/server/keys/create";
import { closePeriod } from "@/server/periods/close";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "../factories/tenant";

vi.mock("@/inngest/emit", () => ({ emit: () => Promise.resolve() }));

const run = promisify(execFile);
const Cells = z.array(z.array(z.string()));
const office = spawnSync("soffice", ["--version"], { encoding: "utf8", timeout: 60_000 }).status === 0;
if (!office)
  console.info(
    "Hostile CSV is not opened in LibreOffice: there is no soffice here (apt-get install libreoffice-calc).",
  );

const hostile = [
  "=1+1",
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-1+1",
  "@SUM(1,1)",
  '=HYPERLINK("http://evil.example","click")',
  '=WEBSERVICE("http://evil.example")',
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(1)",
  "'=1+1",
  '"=1+1"',
  ';=1+1',
  "a;=1+1",
  " =1+1",
  "   @x",
  "=DDE(\"cmd\";\"/C calc\";\"x\")",
  "{=1+1}",
  "%0A=1+1",
]; // prettier-ignore

const folder = mkdtempSync(join(tmpdir(), "hostile-csv-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ours = "http://localhost:3000";
const files: Record<string, string> = {};
beforeAll(async () => {
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-09-01', DATE '2026-12-01', interval '1 month') AS m"); // prettier-ignore
  const tenant = await makeTenant();
  const job = (at: string) => contextOf(tenant, system, new Date(at));
  const calls = hostile.map((text, n) => ({
    id: `h-${String(n)}`,
    occurredAt: `2026-09-${String(1 + n).padStart(2, "0")}T10:00:00Z`,
    provider: "openai",
    model: text.trim(),
    accountId: text,
    feature: text,
    team: text,
    usage: { inputTokens: 10, outputTokens: 1 },
  }));
  const { accepted } = await recordCalls(job("2026-10-01T00:00:00Z"), { calls }, { source: "test", anyAge: true }) as unknown as { accepted: number }; // prettier-ignore
  expect(accepted).toBe(hostile.length);
  while ((await rollUp(job("2026-10-01T00:00:00Z"))).more);
  const finance = contextOf(tenant, personWith("finance"), new Date("2026-10-08T00:00:00Z"));
  expect(await closePeriod(finance, { month: "2026-09" })).toMatchObject({ state: "closed" });
  const { key } = await createKey(contextOf(tenant, system, new Date()), { name: "read", scopes: ["read"] });
  const headers = { authorization: `Bearer ${key}` };
  const report = (table: string, input: unknown) =>
    reports.GET(new Request(`${ours}/api/reports/${table}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers }), { params: Promise.resolve({ table }) }); // prettier-ignore
  const answers = {
    statement: await report("statement", { month: "2026-09" }),
    breakdown: await report("breakdown", { from: "2026-09-01", to: "2026-10-01", groupBy: "feature" }),
    focus: await focus.GET(new Request(`${ours}/api/focus/focus.csv?month=2026-09`, { headers }), { params: Promise.resolve({ file: "focus.csv" }) }), // prettier-ignore
  };
  for (const [name, answer] of Object.entries(answers)) {
    expect([name, answer.status]).toEqual([name, 200]);
    files[name] = await answer.text();
    await writeFile(join(folder, `${name}.csv`), files[name]);
  }
}, 120_000);

/** What a spreadsheet has of each cell: its formula, if it has one, and its text. */
async function opened(name: string): Promise<{ formula: string | null; text: string }[][]> {
  // Comma, double quote, UTF-8, from the first line; quoted cells are no text by themselves; formulas are evaluated.
  await run("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1", "--convert-to", "fods", "--outdir", folder, join(folder, `${name}.csv`)], { timeout: 180_000 }); // prettier-ignore
  const xml = readFileSync(join(folder, `${name}.fods`), "utf8");
  const table = /<table:table [\s\S]*?<\/table:table>/.exec(xml)?.[0] ?? "";
  const decode = (text: string) =>
    text
      .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count: string | undefined) => " ".repeat(Number(count ?? 1)))
      .replaceAll(/<text:tab\/>/g, "\t")
      .replaceAll(/<text:line-break\/>|<\/text:p>\s*<text:p[^>]*>/g, "\n")
      .replaceAll(/<[^>]+>/g, "")
      .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, entity: string) => ({ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" })[entity] ?? ""); // prettier-ignore
  return [...table.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(
      ([, attributes = "", inner = ""]) => {
        const repeated = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
        const cell = { formula: /table:formula="([^"]*)"/.exec(attributes)?.[1] ?? null, text: decode(inner.trim()) };
        return Array.from({ length: Math.min(repeated, 100) }, () => cell);
      },
    ),
  ); // prettier-ignore
}

describe.each(["statement", "breakdown", "focus"])("%s, full of formulas", (name) => {
  it("is a CSV whose text a spreadsheet takes for text", () => {
    const records = Cells.parse(parse(files[name] ?? ""));
    const texts = new Set(records.flat());
    for (const text of hostile.filter((one) => /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(one)))
      expect(texts.has(`'${text}`) || texts.has(`'${text.trim()}`), JSON.stringify(text)).toBe(true);
    const isNumber = /^-?\d+(\.\d+)?$/;
    for (const cell of records.flat()) if (/^[=+\-@]/.test(cell)) expect(cell).toMatch(isNumber);
  });

  it.runIf(office)(
    "runs none of them in LibreOffice, and loses no cell",
    async () => {
      const records = Cells.parse(parse(files[name] ?? ""));
      const rows = await opened(name);
      const formulas = rows.flat().filter(({ formula }) => formula !== null);
      expect(formulas).toEqual([]);
      expect(rows.length).toBeGreaterThanOrEqual(records.length);
      for (const [n, record] of records.entries()) {
        const shown = rows[n]?.slice(0, record.length).map(({ text }) => text.replaceAll(/\s+/g, " ").trim());
        const plain = record.map((cell) => cell.replaceAll(/\s+/g, " ").trim());
        for (const [place, cell] of plain.entries())
          if (!/^[\d.'-]+$/.test(cell) && !/^\d{4}-\d{2}/.test(cell)) expect([n, place, shown?.[place]]).toEqual([n, place, cell]); // prettier-ignore
      }
    },
    200_000,
  );
});

it.runIf(office)(
  "notices a formula where one runs",
  async () => {
    await writeFile(join(folder, "planted.csv"), 'a,b\r\n"=1+1",text\r\n');
    expect((await opened("planted")).flat().filter(({ formula }) => formula !== null)).toHaveLength(1);
  },
  200_000,
);

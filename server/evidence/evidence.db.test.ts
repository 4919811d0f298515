import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Tenant } from "@/server/context";
import { readStatement } from "@/server/statements/read";
import { asFinance, evidentCall, makeClosedMonths, store } from "@/tests/factories/closed-months";
import { makeTenant } from "@/tests/factories/tenant";
import { evidencePack } from "./pack";
import { unzip } from "./unzip";

const run = promisify(execFile);
let tenant: Tenant;
let pack: string;
const folders: string[] = [];
const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), "evidence-test-"));
  folders.push(folder);
  return folder;
};

async function extract(when: string, month: string): Promise<string> {
  const folder = fresh();
  const zip = join(fresh(), "pack.zip");
  const { chunks, fileName } = await evidencePack(asFinance(tenant, when), { month });
  expect(fileName).toBe(`${tenant.slug}-evidence-${month}.zip`);
  await writeFile(zip, chunks);
  await unzip(zip, folder);
  return folder;
}

const Failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });
/** Nothing of ours is in its reach: another folder, an empty environment. */
async function recompute(folder: string): Promise<z.infer<typeof Failed>> {
  try {
    const { stdout, stderr } = await run(process.execPath, [join(folder, "recompute.mjs")], {
      cwd: "/",
      env: { NODE_ENV: "production" },
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return Failed.parse(error);
  }
}

beforeAll(async () => {
  tenant = await makeClosedMonths();
  pack = await extract("2026-11-10", "2026-10");
}, 120_000); // prettier-ignore

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("an evidence pack", () => {
  it.each(["2026-09", "2026-10"])(
    "recomputes to the statement's total from an empty folder (%s)",
    async (month) => {
      const { head } = await readStatement(asFinance(tenant, "2026-11-10"), { month });
      const { code, stdout, stderr } = await recompute(await extract("2026-11-10", month));
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain(`Total: ${head.amountUsd} USD`);
      expect(stdout).toContain(head.contentHash);
      expect(Number(head.amountUsd)).toBeGreaterThan(0);
    },
  );

  it("has late calls by price, and corrections with what they were before", () => {
    const [usage, corrections] = ["usage.csv", "corrections.csv"].map((name) =>
      readFileSync(join(pack, name), "utf8"),
    );
    expect(usage?.split("\r\n").filter((line) => line.startsWith("late,2026-09,2026-09-1"))).toHaveLength(2);
    expect(corrections?.trim().split("\r\n").length).toBeGreaterThan(3);
  });

  it("is made the same after calls came late and prices were corrected", async () => {
    const first = await extract("2026-11-10", "2026-09");
    await store(tenant, "2026-11-11", [evidentCall("later", "2026-09-13T10:00:00Z", { accountId: "acme" })]);
    const second = await extract("2026-11-10", "2026-09");
    for (const name of ["statement.csv", "usage.csv", "prices.csv", "focus.csv", "manifest.json"])
      expect(readFileSync(join(second, name), "utf8"), name).toBe(readFileSync(join(first, name), "utf8"));
  });

  it("says what is estimated and unknown, in words", async () => {
    const september = await extract("2026-11-10", "2026-09");
    const { notes } = z.object({ notes: z.array(z.string()) }).parse(JSON.parse(readFileSync(join(september, "manifest.json"), "utf8")));
    expect(notes.join("\n")).toMatch(/calls have no price/);
    expect(notes.join("\n")).toMatch(/0\.123456789 USD are senders' own amounts/);
    expect(notes.join("\n")).toMatch(/rows of openai are the ledger's estimate: no bill of this month was read/);
  }); // prettier-ignore
});

/** Changes a file of a copy, and the manifest so that only what is worked out can tell. */
type Tamper = (text: string) => string;
const digit =
  (place: RegExp): Tamper =>
  (text) =>
    text.replace(place, (match) => match.replace(/\d(?=\D*$)/, (one) => String((Number(one) + 1) % 10)));
const row =
  (pattern: RegExp, change: (line: string) => string | null): Tamper =>
  (text) => {
    const lines = text.split("\r\n");
    const found = lines.findIndex((line, n) => n > 0 && pattern.test(line));
    expect(found, String(pattern)).toBeGreaterThan(0);
    const changed = change(lines[found] ?? "");
    return [...lines.slice(0, found), ...(changed === null ? [] : [changed]), ...lines.slice(found + 1)].join(
      "\r\n",
    );
  };
const drop = (pattern: RegExp) => row(pattern, () => null);
const sealed: [what: string, file: string, Tamper, says: RegExp][] = [
  ["a digit of a line's cost", "statement.csv", digit(/0\.\d{18}/), /content hash/],
  ["a dropped line", "statement.csv", drop(/^\d+,usage/), /statement\.csv: its lines/],
  ["whose a line is", "statement.csv", (text) => text.replace(",acme,", ",zeta,"), /content hash/],
  ["the statement's amount", "statement.json", digit(/"amountUsd": "[\d.]+/), /content hash/],
  ["the statement's hash", "statement.json", (text) => text.replace(/"contentHash": "./, '"contentHash": "x'), /content hash/],
  ["tokens of a row of usage", "usage.csv", row(/^usage/, (line) => line.replace(/,([1-9]\d{3,}),/, (_, units: string) => `,${String(Number(units) + 1)},`)), /usage\.csv row \d+: tokens × price/],
  ["a row of usage that is gone", "usage.csv", drop(/^usage/), /statement\.csv row \d+: .* are in no row/],
  ["a row of usage twice", "usage.csv", row(/^usage/, (line) => `${line}\r\n${line}`), /statement\.csv row \d+: /],
  ["a late row that is gone", "usage.csv", drop(/^late/), /statement\.csv row \d+: .* are in no row/],
  ["cost of usage with what it is made of", "usage.csv", row(/^usage.*acme/, (line) => line.replace(/[^,]+,([^,]*),[^,]+$/, "1,reported,1")), /usage\.csv row \d+: tokens × price/],
  ["a price", "prices.csv", (text) => text.replace(/,2\.91,/, ",2.92,"), /usage\.csv row \d+: tokens × price/],
  ["a price that is swapped for another", "prices.csv", (text) => text.replace(",1.37,", ",#,").replace(",2.91,", ",1.37,").replace(",#,", ",2.91,"), /usage\.csv row \d+: tokens × price/],
  ["a price that is gone", "prices.csv", drop(/freshInputTokens/), /usage\.csv row \d+: tokens × price/],
  ["a correction", "corrections.csv", row(/^2026-09/, digit(/[\d.]+$/)), /corrections\.csv row \d+: after less before/],
  ["a correction that is gone", "corrections.csv", drop(/^2026-09/), /statement\.csv row \d+: .* are in no row/],
  ["an amount of FOCUS", "focus.csv", row(/^\d/, (line) => line.replaceAll(/(^|,)0\.00\d+/g, "$11")), /focus\.csv/],
  ["a row of FOCUS that is gone", "focus.csv", drop(/^0\.\d/), /focus\.csv: the sum/],
  ["the total of the manifest", "manifest.json", digit(/"totalUsd": "[\d.]+/), /manifest\.json: the total/],
]; // prettier-ignore

const Manifest = z.looseObject({ files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })) }); // prettier-ignore

async function tampered(file: string, change: Tamper, isSealedAnew: boolean) {
  const folder = fresh();
  cpSync(pack, folder, { recursive: true });
  const before = readFileSync(join(folder, file), "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, file), after);
  if (isSealedAnew && file !== "manifest.json") {
    const { createHash } = await import("node:crypto");
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
    const entry = manifest.files.find(({ name }) => name === file);
    if (!entry) throw new Error(`${file} is not in the manifest`);
    Object.assign(entry, { bytes: Buffer.byteLength(after), sha256: createHash("sha256").update(after).digest("hex") }); // prettier-ignore
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  }
  return recompute(folder);
}

describe("a pack that somebody changed", () => {
  it.each(sealed)("is found out though the manifest was made to fit: %s", async (_, file, change, says) => {
    const { code, stderr } = await tampered(file, change, true);
    expect(stderr).toMatch(says);
    expect(code).toBe(1);
  });

  it.each(["README.txt", "statement.json", "statement.csv", "usage.csv", "prices.csv", "corrections.csv", "focus.csv", "invoices.json"])(
    "is found out by its hash: a letter of %s",
    async (file) => {
      const { code, stderr } = await tampered(file, (text) => `${text.slice(0, -3)}#${text.slice(-2)}`, false);
      expect(stderr).toContain(`${file}: its SHA-256`);
      expect(code).toBe(1);
    },
  ); // prettier-ignore

  it("is found out when a file is missing, or was added", async () => {
    const folder = fresh();
    cpSync(pack, folder, { recursive: true });
    rmSync(join(folder, "focus.csv"));
    expect((await recompute(folder)).stderr).toContain("focus.csv: the file is missing");
    cpSync(join(pack, "focus.csv"), join(folder, "focus.csv"));
    writeFileSync(join(folder, "more.csv"), "a\r\n");
    expect((await recompute(folder)).stderr).toContain("more.csv: the manifest does not name this file");
  });
});

it("is another tenant's nobody takes", async () => {
  const other = await makeTenant();
  await expect(evidencePack(asFinance(other, "2026-11-10"), { month: "2026-10" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

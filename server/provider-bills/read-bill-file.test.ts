import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readBillFile, streamOfFile } from "./read-bill-file";
import { summarizeFile } from "./summarize-file";

const fixtures = fileURLToPath(new URL("../../tests/bills/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tokenledger-bills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const today = "2026-11-03";
const read = (file: string, day = today) => readBillFile({ file, bytes: statSync(file).size }, day);
const readText = (text: string | Buffer, day = today) => {
  const file = join(folder, "bill.data");
  writeFileSync(file, text);
  return read(file, day);
};
const fixture = (name: string) => readFileSync(join(fixtures, name), "utf8");
const changed = (name: string, from: string, to: string) => {
  const text = fixture(name);
  expect(text).toContain(from);
  return text.replace(from, to);
};
const linesOf = async (name: string) =>
  (await read(join(fixtures, name))).lines.map(({ day, kind, model, tokenClass, service, workspace, amount, listAmount, quantity }) =>
    [day, kind, model, tokenClass, service, workspace, amount, listAmount, quantity].join(" ")); // prettier-ignore

describe("the exports of consoles and clouds", () => {
  it("OpenAI's cost export: tokens beside amounts, days without a charge, tax and credit", async () => {
    expect(await linesOf("openai-cost.csv")).toEqual([
      "2026-10-01 usage gpt-4o-2024-08-06 input standard proj_app 0.305  122000",
      "2026-10-01 usage gpt-4o-2024-08-06 cache_read standard proj_app 0.05  40000",
      "2026-10-01 usage gpt-4o-2024-08-06 output standard proj_app 0.18  18000",
      "2026-10-01 usage  tool  proj_app 0.025  ",
      "2026-10-03 usage gpt-4o-mini input batch proj_jobs 0.00003  200",
      "2026-10-03 tax  other   1.21  ",
      "2026-10-03 credit  other   -0.5  ",
    ]);
    const content = await read(join(fixtures, "openai-cost.csv"));
    expect(content).toMatchObject({ format: "openai-cost", provider: "openai", firstDay: "2026-10-01", lastDay: "2026-10-03", rows: 8, faultCount: 0, organizations: ["org-acme"], isInvoiced: false }); // prettier-ignore
    expect(summarizeFile(content)).toMatchObject({ amountUsd: "1.27003", taxUsd: "1.21", creditUsd: "-0.5", otherUsd: "0.025", days: 2 }); // prettier-ignore
  });

  it("Anthropic's cost export: display names, classes, list prices beside what is paid", async () => {
    expect(await linesOf("anthropic-cost.csv")).toEqual([
      "2026-10-01 usage Claude Haiku 4.5 input standard default 0.027021 0.03 ",
      "2026-10-01 usage Claude Haiku 4.5 output standard default 0.0810945 0.090105 ",
      "2026-10-01 usage Claude Sonnet 4.5 cache_read batch Research 0.0009 0.001 ",
      "2026-10-01 usage Claude Sonnet 4.5 cache_write_5m batch Research 0.009 0.01 ",
      "2026-10-02 usage Claude Sonnet 4.5 cache_write_1h standard Research 0.018 0.02 ",
      "2026-10-02 usage  tool  default 0.02 0.02 ",
    ]);
    const { models } = summarizeFile(await read(join(fixtures, "anthropic-cost.csv")));
    expect(models.map(({ key, isKnown }) => [key, isKnown])).toEqual([
      ["claude-haiku-4-5", true],
      ["claude-sonnet-4-5", true],
    ]);
  });

  it("Anthropic's usage export: tokens alone, which are no bill", async () => {
    expect(await linesOf("anthropic-usage.csv")).toEqual([
      "2026-10-01 usage claude-haiku-4-5-20251001 input standard default   27021",
      "2026-10-01 usage claude-haiku-4-5-20251001 output standard default   18021",
      "2026-10-01 usage  tool  default   2",
      "2026-10-01 usage claude-sonnet-4-5-20250929 cache_write_5m batch Research   2400",
      "2026-10-01 usage claude-sonnet-4-5-20250929 cache_read batch Research   6000",
    ]);
    const content = await read(join(fixtures, "anthropic-usage.csv"));
    expect(summarizeFile(content).amountUsd).toBeNull();
    expect(streamOfFile(content)).not.toBe(streamOfFile({ ...content, kind: "cost" }));
  });

  it("FOCUS of AWS: Bedrock alone counts, the rest is told by its service", async () => {
    expect(await linesOf("focus-aws.csv")).toEqual([
      "2026-10-01 usage anthropic.claude-sonnet-4-5-20250929-v1:0 input  444455556666 0.033 0.033 10000",
      "2026-10-01 usage anthropic.claude-sonnet-4-5-20250929-v1:0 output  444455556666 0.165 0.165 10000",
      "2026-10-02 usage amazon.nova-pro input  444455556666 0.0008 0.001 1250",
      "2026-10-03 tax  other  444455556666 0.0165  ",
      "2026-10-03 credit  other  444455556666 -0.01  ",
    ]);
    const content = await read(join(fixtures, "focus-aws.csv"));
    expect(content).toMatchObject({
      provider: "aws",
      isInvoiced: true,
      invoiceNos: ["2026100001"],
      leftOut: [
        { why: "Amazon Elastic Compute Cloud", rows: 1, usd: "4.2" },
        { why: "Amazon Simple Storage Service", rows: 1, usd: "0.51" },
      ],
    });
    const { models } = summarizeFile(content);
    expect(models.filter(({ isKnown }) => !isKnown)).toEqual([]);
    expect(models.map(({ key }) => key)).toEqual([
      "regional.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "amazon.nova-pro-v1:0",
    ]);
  });

  it("FOCUS of Google: Vertex AI, Gemini and Claude by the name of the SKU", async () => {
    expect(await linesOf("focus-google.csv")).toEqual([
      "2026-10-01 usage gemini-2.5-pro input  acme-prod 0.125 0.125 100000",
      "2026-10-01 usage gemini-2.5-pro output  acme-prod 0.5 0.5 50000",
      "2026-10-01 usage claude-haiku-4-5 input  acme-prod 0.003 0.003 3000",
    ]);
    const content = await read(join(fixtures, "focus-google.csv"));
    expect(content).toMatchObject({ provider: "google", lastDay: "2026-10-02", leftOut: [{ why: "Compute Engine", rows: 1, usd: "7.1" }] }); // prettier-ignore
    expect(summarizeFile(content).models.map(({ key }) => key)).toEqual(["gemini-2.5-pro", "claude-haiku-4-5"]); // prettier-ignore
  });

  it("packed by gzip they are the same", async () => {
    const plain = await read(join(fixtures, "focus-aws.csv"));
    expect(await readText(gzipSync(fixture("focus-aws.csv")))).toEqual(plain);
  });
});

describe("what is refused", () => {
  it.each([
    ["an amount that is none", "0.305", "0.3O5", "amount_value", "must be an amount"],
    ["an amount as a formula", "0.305", "=1+1", "amount_value", "must be an amount"],
    ["another currency", ",usd,122000", ",eur,122000", "amount_currency", "is EUR"],
    ["a charge without a currency", ",usd,122000", ",,122000", "amount_currency", "names no currency"],
    ["a row that is cut off", ",proj_jobs,org-acme,App,Acme,,", "", "", "cells"],
  ])("%s, with its line", async (_, from, to, column, message) => {
    const { faults, faultCount } = await readText(changed("openai-cost.csv", from, to));
    expect(faultCount).toBe(1);
    expect(faults).toEqual([{ line: column === "" ? 7 : 2, column, message: expect.stringContaining(message) as string }]); // prettier-ignore
  });

  it("days that are none", async () => {
    const { faults } = await readText(changed("anthropic-cost.csv", "2026-10-02,,", "2026-02-30x,,"));
    expect(faults).toEqual([{ line: 7, column: "usage_date_utc", message: 'must be a day, as 2026-11-20, but is "2026-02-30x"' }]); // prettier-ignore
  });

  it("tokens that are no whole number", async () => {
    const { faults } = await readText(changed("anthropic-usage.csv", ",18021,", ",1.5,"));
    expect(faults).toMatchObject([{ line: 2, column: "usage_output_tokens" }]);
  });

  it.each([
    ["columns that we do not know", "a,b\n1,2\n", "We do not know a bill with these columns"],
    ["a file without rows", "start_time,amount_value,amount_currency,line_item\n", "has no rows"],
    ["Parquet", "PAR1....", "no CSV file"],
    ["a workbook", "PK\u0003\u0004", "no CSV file"],
    ["gzip that is cut off", gzipSync(fixture("focus-aws.csv")).subarray(0, 300), "packed, but not whole"],
    [
      "a cloud's bill without models",
      fixture("focus-google.csv").replaceAll("Vertex AI", "Cloud Run"),
      "no charge for a model; what it has is of Cloud Run, Compute Engine",
    ],
    [
      "bills of two clouds in one",
      fixture("focus-aws.csv") + fixture("focus-google.csv").split("\n").slice(1).join("\n"),
      "mixes the bills of several providers",
    ],
  ])("%s", async (_, text, message) => {
    await expect(readText(text)).rejects.toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining(message) as string }); // prettier-ignore
  });

  it("a small file that unpacks to any size", async () => {
    const bomb = gzipSync(Buffer.alloc(257 * 1024 * 1024, "x"));
    await expect(readText(bomb)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });

  it("more rows of models than are held", async () => {
    const [header = "", row = ""] = fixture("anthropic-usage.csv").split("\n");
    await expect(readText(`${header}\n${`${row}\n`.repeat(16_667)}`)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" }); // prettier-ignore
  });
});

it("leaves days out that are not over, and says so", async () => {
  const content = await readText(fixture("openai-cost.csv"), "2026-10-03");
  expect(content).toMatchObject({ lastDay: "2026-10-02", leftOut: [{ why: "days that are not over", rows: 3, usd: "0.71003" }] }); // prettier-ignore
  await expect(readText(fixture("openai-cost.csv"), "2026-10-01")).rejects.toThrow("nothing of a day that is over"); // prettier-ignore
});

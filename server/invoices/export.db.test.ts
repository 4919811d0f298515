import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { fromBuffer } from "yauzl";
import { beforeAll, expect, it } from "vitest";
import { listAudit } from "@/server/audit/list";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listPrice } from "@/tests/ledger/made-prices";
import { saveAccount } from "./accounts";
import { downloadInvoice } from "./download";
import { exportInvoices } from "./export-month";
import { finaliseInvoice } from "./finalise";
import { saveIssuer } from "./issuer";
import { listInvoices } from "./list";
import { makeDrafts } from "./make-drafts";
import { savePlan } from "./save-plan";

const at = (text: string) => new Date(`${text}T12:00:00Z`);
const as = (tenant: Tenant, when: string) => contextOf(tenant, personWith("owner"), at(when));
const hostile = '=HYPERLINK("http://evil.example","株式会社")';
let tenant: Tenant;

beforeAll(async () => {
  await listPrice("exported-1", { input: "1.37", output: "2.91" }, at("2026-01-01"));
  await asAdmin("SELECT create_month(DATE '2026-10-01')");
  tenant = await makeTenant();
  const job = contextOf(tenant, system, at("2026-11-02"));
  const calls = ["a", "b", "c"].map((accountId) => ({ id: accountId, occurredAt: "2026-10-05T10:00:00Z", provider: "openai", model: "exported-1", accountId, usage: { inputTokens: 1_000_000, outputTokens: 7 } })); // prettier-ignore
  expect((await recordCalls(job, { calls }, { source: "test", anyAge: true })).rejected).toEqual([]);
  while ((await rollUp(job)).more);
  const ctx = as(tenant, "2026-11-03");
  await closePeriod(ctx, { month: "2026-10" });
  const plan = await savePlan(ctx, { terms: { name: "Standard", components: [{ kind: "cost_plus", label: "Usage", markupPercent: "10" }, { kind: "flat", label: "Seat", usd: "9.90" }] } }); // prettier-ignore
  await saveIssuer(ctx, { defaultPlanId: plan.id, details: { name: "Issuer" } });
  await saveAccount(ctx, {
    accountId: "a",
    planId: null,
    details: { name: hostile, addressLines: ["+1 Street"] },
  });
  await makeDrafts(ctx, { month: "2026-10" });
});

/** The files of a zip, by name. */
async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (failed, zip) => {
      if (failed) {
        reject(failed);
        return;
      }
      zip.on("error", reject);
      zip.on("end", resolve);
      zip.on("entry", (entry: { fileName: string }) => {
        zip.openReadStream(entry as never, (error, stream) => {
          if (error) {
            reject(error);
            return;
          }
          buffer(stream).then((content) => {
            files.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
  return files;
}

it("exports all of a month that has a number, each file saying the same", async () => {
  const ctx = as(tenant, "2026-11-04");
  await expect(exportInvoices(ctx, { month: "2026-10" })).rejects.toMatchObject({ code: "CONFLICT" });
  const { invoices } = await listInvoices(ctx, { month: "2026-10" });
  for (const { id, totalUsd } of invoices.slice(0, 2)) await finaliseInvoice(ctx, { id, totalUsd });
  const { fileName, chunks } = await exportInvoices(ctx, { month: "2026-10" });
  expect(fileName).toBe(`${tenant.slug}-invoices-2026-10.zip`);
  const files = await unzip(await buffer(Readable.from(chunks)));
  const pdfs = ["0001", "0002"].map((n) => `${tenant.slug}-INV-2026-${n}.pdf`);
  expect([...files.keys()].sort()).toEqual([...pdfs, "invoices.csv", "invoices.json"].sort());
  for (const pdf of pdfs) expect(files.get(pdf)?.subarray(0, 5).toString()).toBe("%PDF-");

  const json = JSON.parse(files.get("invoices.json")?.toString() ?? "") as {
    draftsLeftOut: number;
    invoices: {
      number: string;
      totalUsd: string;
      customer: { name: string };
      lines: { amountUsd: string }[];
    }[];
  };
  expect([json.draftsLeftOut, json.invoices.map(({ number }) => number)]).toEqual([
    1,
    ["INV-2026-0001", "INV-2026-0002"],
  ]);
  expect(json.invoices[0]?.customer.name).toBe(hostile);
  for (const { lines, totalUsd } of json.invoices)
    expect(lines.reduce((sum, { amountUsd }) => sum.plus(amountUsd), new Usd(0)).toFixed(2)).toBe(totalUsd);

  const csv = files.get("invoices.csv")?.toString() ?? "";
  expect(csv.trimEnd().split("\r\n")).toHaveLength(1 + 4);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"",""株式会社"")"`);
  const { events } = await listAudit(ctx, { limit: 1 });
  const actions = events.map(({ action }) => action);
  expect(actions).toEqual(["invoices.exported"]);
});

it("gives a single one as PDF and as JSON, and writes down who took it", async () => {
  const ctx = as(tenant, "2026-11-05");
  const { invoices } = await listInvoices(ctx, { month: "2026-10", state: "draft" });
  const id = invoices[0]?.id ?? "";
  const pdf = await downloadInvoice(ctx, { id, format: "pdf" });
  expect((await buffer(Readable.from(pdf.chunks))).subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.fileName).toBe(`${tenant.slug}-draft-2026-10-${id.slice(0, 8)}.pdf`);
  const json = await downloadInvoice(ctx, { id, format: "json" });
  expect(JSON.parse((await buffer(Readable.from(json.chunks))).toString())).toMatchObject({ document: "tokenledger invoice", currency: "USD", id, state: "draft" }); // prettier-ignore
  const { events: entries } = await listAudit(ctx, { limit: 2 });
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([["invoice.downloaded", id], ["invoice.downloaded", id]]); // prettier-ignore
});

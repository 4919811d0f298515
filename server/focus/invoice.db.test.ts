import { buffer } from "node:stream/consumers";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Tenant } from "@/server/context";
import { evidencePack } from "@/server/evidence/pack";
import { unzip } from "@/server/evidence/unzip";
import { saveAccount } from "@/server/invoices/accounts";
import { addInvoiceLine } from "@/server/invoices/change-draft";
import type { Invoice } from "@/server/invoices/documents";
import { finaliseInvoice } from "@/server/invoices/finalise";
import { saveIssuer } from "@/server/invoices/issuer";
import { listInvoices } from "@/server/invoices/list";
import { makeDrafts } from "@/server/invoices/make-drafts";
import { readInvoice } from "@/server/invoices/read";
import { savePlan } from "@/server/invoices/save-plan";
import { Usd } from "@/server/prices/decimal";
import { makeClosedMonths } from "@/tests/factories/closed-months";
import { contextOf, personWith } from "@/tests/factories/tenant";
import { validateHeader, validateRows } from "@/tests/focus/validate";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { exportFocus } from "./export";

const now = new Date("2026-11-10T12:00:00Z");
const owner = personWith("owner");
let tenant: Tenant;
let final: Invoice;
const ctx = () => contextOf(tenant, owner, now);

/** A final invoice with a line of every kind that a plan can make, of the month that corrects an earlier one. */
beforeAll(async () => {
  tenant = await makeClosedMonths();
  const components = [
    { kind: "cost_plus" as const, label: "Usage", markupPercent: "17.5" },
    { kind: "per_call" as const, label: "Calls", usdPerCall: "0.0137", included: "3" },
    { kind: "flat" as const, label: "Seat", usd: "9.99" },
    { kind: "included" as const, label: "Free usage", usd: "0.01" },
  ];
  const plan = await savePlan(ctx(), {
    terms: { name: "Everything", components, minimumUsd: "40", discountPercent: "7.3", tax: { kind: "rate" as const, name: "VAT", percent: "19" } },
  }); // prettier-ignore
  await saveIssuer(ctx(), { defaultPlanId: plan.id, details: { name: "Issuer Ltd" } });
  await saveAccount(ctx(), { accountId: "acme", planId: null, details: { name: "=Acme" } });
  for (const month of ["2026-09", "2026-10"]) {
    await makeDrafts(ctx(), { month });
    const { invoices } = await listInvoices(ctx(), { month, accountId: "acme" });
    const draft = await readInvoice(ctx(), { id: invoices[0]?.id ?? "" });
    const { totalUsd } = await addInvoiceLine(ctx(), {
      id: draft.id,
      description: "Goodwill",
      amountUsd: "-1.37",
    });
    await finaliseInvoice(ctx(), { id: draft.id, totalUsd });
    final = await readInvoice(ctx(), { id: draft.id });
  }
}, 120_000);

it("is a FOCUS file by the published rules, whose costs are billed to the cent", async () => {
  const { chunks } = await exportFocus(ctx(), { input: { invoice: final.id }, format: "csv" });
  const bytes = await buffer(Readable.from(chunks));
  const [header = [], ...cells] = z.array(z.array(z.string())).parse(parse(bytes, { bom: true }));
  expect(validateHeader(header)).toEqual([]);
  const rows = cells.map((row) => Object.fromEntries(header.map((name, n) => [name, row[n] === "" ? null : (row[n] ?? null)]))); // prettier-ignore
  expect(validateRows(rows)).toEqual([]);
  const billed = rows.reduce((sum, { BilledCost }) => sum.plus(BilledCost ?? "0"), new Usd(0));
  expect(billed.toFixed(2)).toBe(new Usd(final.totalUsd).toFixed(2));
  expect(rows.every(({ InvoiceId }) => InvoiceId === final.number)).toBe(true);
  const kinds = new Set(rows.map(({ x_CostBasis }) => x_CostBasis));
  expect([...kinds].sort()).toEqual([...new Set(final.lines.map(({ kind }) => kind))].sort());
  for (const kind of ["usage", "flat", "included", "discount", "manual", "tax"])
    expect(kinds).toContain(kind);
});

it("goes along in the evidence of its month, which holds its lines against its total", async () => {
  const { chunks } = await evidencePack(ctx(), { month: "2026-10" });
  const zip = join(makeTemporaryFolder("pack"), "pack.zip");
  writeFileSync(zip, await buffer(chunks));
  const folder = makeTemporaryFolder("evidence");
  await unzip(zip, folder);
  const { stdout } = await promisify(execFile)(process.execPath, ["recompute.mjs"], { cwd: folder, env: { NODE_ENV: "production" } }); // prettier-ignore
  expect(stdout).toContain("Invoices whose lines sum to their total");
  expect(stdout).toMatch(/Invoices whose lines sum to their total\D+1\b/);
});

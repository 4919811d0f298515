import { randomUUID } from "node:crypto";
import { parquetReadObjects } from "hyparquet";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { listAudit } from "@/server/audit/list";
import type { Tenant } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { readStatement } from "@/server/statements/read";
import { asFinance, makeClosedMonths } from "@/tests/factories/closed-months";
import { asAdmin, contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { columnRules, type SpecRow } from "@/tests/focus/spec";
import { validateHeader, validateRows } from "@/tests/focus/validate";
import { exportFocus } from "./export";
import type { FocusInput } from "./schemas";

const when = "2026-11-10";
let tenant: Tenant;
beforeAll(async () => {
  tenant = await makeClosedMonths();
}, 120_000);

async function take(input: FocusInput, format: "csv" | "parquet" = "csv") {
  const { chunks, ...file } = await exportFocus(asFinance(tenant, when), { input, format });
  const bytes: Uint8Array[] = [];
  for await (const chunk of chunks) bytes.push(chunk);
  return { ...file, bytes: Buffer.concat(bytes) };
}

const ParquetValue = z.union([z.string(), z.number(), z.bigint(), z.date(), z.null(), z.undefined()]);
const Records = z.array(z.record(z.string(), z.string()));
function rowsOf(bytes: Buffer): SpecRow[] {
  const records = Records.parse(parse(bytes, { columns: true, bom: true }));
  return records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === "" ? null : value])),
  );
}
const sumOf = (rows: readonly SpecRow[], column: string) =>
  rows.reduce((sum, row) => sum.plus(row[column] ?? 0), new Usd(0)).toFixed();
const exactly = async (month: string) => {
  const { head } = await readStatement(asFinance(tenant, when), { month });
  return new Usd(head.costUsd).plus(head.correctionsUsd).toFixed();
};

/** A provider's bill of the month, read twice, a day apart. */
async function bill(provider: string, month: string, days: readonly string[], usd: string) {
  const [pull, stream] = [randomUUID(), randomUUID()];
  await asAdmin(
    `INSERT INTO bill_pull (tenant_id, id, provider, stream, state, first_day, last_day, begun_by, begun_at, done_at)
     VALUES ($1, $2, $3, $4, 'done', $5, $6, 'test', '2026-11-02', '2026-11-02')`,
    [tenant.id, pull, provider, stream, days[0], days.at(-1)],
  );
  for (const [n, day] of days.entries()) {
    await asAdmin(
      `INSERT INTO bill_line (tenant_id, pull_id, n, basis, kind, day, model, token_class, service, workspace, description, amount, currency, raw)
       VALUES ($1, $2, $3, 'cost', 'usage', $4, 'evident-1', 'input', '', '', '', $5, 'usd', '{}')`,
      [tenant.id, pull, n + 1, day, usd],
    );
    for (const readAt of ["2026-11-02T00:00:00Z", "2026-11-04T00:00:00Z"])
      await asAdmin(
        `INSERT INTO bill_read (tenant_id, pull_id, day, read_at, provider, stream, lines, amount, digest)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, 'same')`,
        [tenant.id, pull, day, readAt, provider, stream, usd],
      );
  }
}
const daysOf = (month: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${month}-${String(n + 1).padStart(2, "0")}`);

describe("a month as FOCUS", () => {
  it.each(["2026-09", "2026-10"])("keeps every rule, and sums to the statement (%s)", async (month) => {
    const { bytes, fileName } = await take({ month });
    expect(fileName).toBe(`${tenant.slug}-focus-${month}-estimated.csv`);
    const rows = rowsOf(bytes);
    expect(rows.length).toBeGreaterThan(15);
    expect(validateHeader(Object.keys(rows[0] ?? {}))).toEqual([]);
    expect(validateRows(rows)).toEqual([]);
    expect(sumOf(rows, "EffectiveCost")).toBe(await exactly(month));
    expect(sumOf(rows, "BilledCost")).toBe(await exactly(month));
    expect(rows.every((row) => row.InvoiceId === null)).toBe(true);
  });

  it("counts every call once, and says which have no price", async () => {
    const { head } = await readStatement(asFinance(tenant, when), { month: "2026-09" });
    const rows = rowsOf((await take({ month: "2026-09" })).bytes);
    expect(sumOf(rows, "x_CallCount")).toBe(String(head.calls));
    expect(sumOf(rows, "x_UnpricedCallCount")).toBe(String(head.unpricedCalls));
    expect(head.unpricedCalls).toBeGreaterThan(0);
  });

  it("tells list price and discount apart", async () => {
    const discounted = rowsOf((await take({ month: "2026-09" })).bytes).filter((row) => row.x_Model === "evident-2"); // prettier-ignore
    expect(discounted.length).toBeGreaterThan(5);
    for (const row of discounted) {
      const share = new Usd(row.ContractedCost ?? 0).div(row.ListCost ?? 1);
      expect(share.minus("0.883").abs().lt("1e-9"), JSON.stringify(row)).toBe(true);
    }
  });

  it("books what came late, and prices that were corrected, as corrections of their own month", async () => {
    const rows = rowsOf((await take({ month: "2026-10" })).bytes).filter((row) => row.ChargeClass === "Correction"); // prettier-ignore
    expect(new Set(rows.map((row) => row.BillingPeriodStart))).toEqual(new Set(["2026-09-30T18:30:00Z"]));
    expect(rows.filter((row) => row.x_CostBasis === "price correction").length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.ChargePeriodStart === "2026-09-10T18:30:00Z")).not.toHaveLength(0);
  });

  it("is the same in Parquet, whose decimals are exact", async () => {
    const csv = rowsOf((await take({ month: "2026-09" })).bytes);
    const { bytes, contentType } = await take({ month: "2026-09" }, "parquet");
    expect(contentType).toBe("application/vnd.apache.parquet");
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const rows = z.array(z.record(z.string(), ParquetValue)).parse(await parquetReadObjects({ file }));
    expect(rows).toHaveLength(csv.length);
    for (const [n, row] of rows.entries()) {
      for (const [name, value] of Object.entries(row)) {
        const expected = csv[n]?.[name] ?? null;
        const { kind } = columnRules[name] ?? { kind: name.endsWith("Count") ? "whole" : "string" };
        if (value === null || value === undefined) expect(expected, name).toBeNull();
        else if (value instanceof Date) expect(`${value.toISOString().slice(0, 19)}Z`).toBe(expected);
        else if (kind === "decimal") expect(new Usd(String(value)).minus(expected ?? 0).abs().lt("1e-9"), name).toBe(true); // prettier-ignore
        else expect(String(value).replace(/^(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/, "'"), name).toBe(expected); // prettier-ignore
      }
    }
  });

  it("sums to the provider's bill where that was read whole, by one adjustment", async () => {
    await bill("openai", "2026-10", daysOf("2026-10", 31), "0.01");
    const { bytes, estimated } = await take({ month: "2026-10", mode: "reconciled" });
    const rows = rowsOf(bytes);
    expect(validateRows(rows)).toEqual([]);
    expect(estimated).toEqual([]);
    expect(sumOf(rows.filter((row) => row.InvoiceId === "openai 2026-10"), "BilledCost")).toBe("0.31"); // prettier-ignore
    const adjustments = rows.filter((row) => row.ChargeCategory === "Adjustment");
    expect(adjustments).toHaveLength(1);
    expect(new Usd(sumOf(rows, "BilledCost")).minus(sumOf(adjustments, "BilledCost")).toFixed()).toBe(await exactly("2026-10")); // prettier-ignore
  });

  it("leaves a provider estimated whose bill was read in part, and says why", async () => {
    await bill("openai", "2026-09", daysOf("2026-09", 29), "0.01");
    const { bytes, estimated } = await take({ month: "2026-09", mode: "reconciled" });
    expect(rowsOf(bytes).every((row) => row.InvoiceId === null)).toBe(true);
    expect(estimated).toEqual([
      { provider: "openai", why: "1 days of its bill were never read: 2026-09-30" },
    ]);
  });

  it("is written down, and another tenant's nobody takes", async () => {
    await take({ month: "2026-10" });
    const { events } = await listAudit(contextOf(tenant, personWith("owner"), new Date()), {});
    expect(events[0]).toMatchObject({ action: "focus.exported", subject: "2026-10-estimated" });
    const other = contextOf(await makeTenant(), personWith("owner"), new Date("2026-11-10"));
    await expect(exportFocus(other, { input: { month: "2026-10" }, format: "csv" })).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
  });
});

import "@/tests/factories/data-folder";
import { beforeAll, describe, expect, it } from "vitest";
import { anthropicWork, callsOf, daysOf, openAiWork, priceOf, type Work } from "@/tests/factories/bill-story";
import { anthropicCostCsv, anthropicUsageCsv, openAiCostCsv, uploadText } from "@/tests/factories/bill-files";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { recordCalls } from "@/server/calls/record";
import { addBillFile } from "./add-file";
import { listBillFiles } from "./list-files";
import { billMonth } from "./month";
import { previewBillFile } from "./preview-file";
import { removeBillFile } from "./remove-file";

type Tenant = Awaited<ReturnType<typeof makeTenant>>;
const start = new Date("2026-11-03T06:00:00Z");
const at = (days: number) => new Date(start.getTime() + days * 86_400_000);
const month = "2026-10";
const days = daysOf("2026-10-01", 31);
beforeAll(() => loadPrices(at(-60)));

async function keep(tenant: Tenant, works: readonly Work[]) {
  const calls = works.flatMap((work, n) => callsOf(work, n));
  for (let from = 0; from < calls.length; from += 500) {
    const answer = await recordCalls(contextOf(tenant, system, start), { calls: calls.slice(from, from + 500) }, { source: "import", anyAge: true });
    expect(answer.rejected).toEqual([]);
  }
} // prettier-ignore
const finance = (tenant: Tenant, now = start) => contextOf(tenant, personWith("finance"), now);
async function add(tenant: Tenant, text: string, { isInvoiced = true, now = start } = {}) {
  const ctx = finance(tenant, now);
  return addBillFile(ctx, { uploadId: await uploadText(ctx, "bill.csv", text), isInvoiced });
}
const monthOf = (tenant: Tenant, provider: string, now = start) =>
  billMonth(finance(tenant, now), { provider, month });
const named = (figures: Awaited<ReturnType<typeof billMonth>>) =>
  Object.fromEntries(Object.entries(figures.byCause).filter(([, usd]) => usd !== "0"));
const sumOf = (works: readonly Work[], share = "1") =>
  works.flatMap((work) => Object.entries(work.tokens).map(([name, count]) => priceOf(work.model, name, work.service).times(count * work.calls).times(share)))
    .reduce((total, usd) => total.plus(usd), priceOf("", "")).toFixed(); // prettier-ignore
const rowsOf = async (tenant: Tenant, table: string) =>
  Number((await asAdmin<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = $1`, [tenant.id]))[0]?.n); // prettier-ignore

const openAi = openAiWork(days);
const anthropic = anthropicWork(days);

describe("a month of OpenAI's cost export", () => {
  it("that agrees has no gap, and is final once it came after the invoice", async () => {
    const tenant = await makeTenant();
    await keep(tenant, openAi);
    const text = openAiCostCsv(openAi);
    const ctx = finance(tenant);
    const uploadId = await uploadText(ctx, "cost.csv", text);
    expect(await previewBillFile(ctx, { uploadId })).toMatchObject({
      format: "openai-cost",
      provider: "openai",
      firstDay: "2026-10-01",
      lastDay: "2026-10-31",
      days: 31,
      amountUsd: sumOf(openAi),
      faultCount: 0,
      leftOut: [],
      known: null,
      connectedDays: 0,
    });
    expect((await monthOf(tenant, "openai")).unreadDays).toHaveLength(31);
    await addBillFile(ctx, { uploadId, isInvoiced: true });
    expect(await monthOf(tenant, "openai")).toMatchObject({ billUsd: sumOf(openAi), gapUsd: "0", causes: [], unreadDays: [], isFinal: true }); // prettier-ignore
    const { files } = await listBillFiles(finance(tenant));
    expect(files).toMatchObject([{ fileName: "cost.csv", bytes: text.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, amountUsd: sumOf(openAi), isSettled: true, removedAt: null }]); // prettier-ignore
  });

  it("names what is planted: coverage, price and tax, with nothing unexplained", async () => {
    const tenant = await makeTenant();
    const missing = openAi.filter(({ workspace }) => workspace === "proj_jobs");
    await keep(tenant, openAi.filter((work) => !missing.includes(work))); // prettier-ignore
    const dearer = openAi.filter(({ model, workspace }) => model === "gpt-4o" && workspace === "proj_app");
    await add(
      tenant,
      openAiCostCsv(openAi, {
        extras: [{ day: "2026-10-31", item: "Sales tax", usd: "3.21" }],
        price: ({ work, name }, usd) =>
          dearer.includes(work) && name === "output" ? priceOf("", "").plus(usd).times("1.1").toFixed() : usd,
      }),
    );
    const figures = await monthOf(tenant, "openai");
    const outputs = dearer.map((work) => ({ ...work, tokens: { output: work.tokens.output ?? 0 } }));
    expect(named(figures)).toEqual({
      coverage: sumOf(missing),
      price: sumOf(outputs, "0.1"),
      tax_or_credit: "3.21",
    });
    expect(Number(figures.unexplainedShare)).toBeLessThan(0.005);
  });
});

describe("a month of Anthropic's exports", () => {
  const paid = (usd: string) => priceOf("", "").plus(usd).times("0.92").toFixed();

  it("needs both files for tokens: with them a discount is told by the list price", async () => {
    const tenant = await makeTenant();
    await keep(tenant, anthropic);
    await add(tenant, anthropicUsageCsv(anthropic));
    // Tokens alone are no bill.
    expect((await monthOf(tenant, "anthropic")).unreadDays).toHaveLength(31);
    await add(tenant, anthropicCostCsv(anthropic, paid));
    const figures = await monthOf(tenant, "anthropic");
    expect(named(figures)).toEqual({ tier_or_discount: `-${sumOf(anthropic, "0.08")}` });
    expect(figures).toMatchObject({ isFinal: true, unexplainedShare: "0", unmatched: { bill: [], ledger: [] } }); // prettier-ignore
  });

  it("with amounts alone still tells a model that the ledger lacks", async () => {
    const tenant = await makeTenant();
    const haiku = anthropic.filter(({ model }) => model === "claude-haiku-4-5");
    await keep(tenant, anthropic.filter((work) => !haiku.includes(work))); // prettier-ignore
    await add(tenant, anthropicCostCsv(anthropic, (usd) => usd)); // prettier-ignore
    const figures = await monthOf(tenant, "anthropic");
    expect(named(figures)).toEqual({ coverage: sumOf(haiku) });
  });
});

describe("a file", () => {
  const text = openAiCostCsv(openAi);
  const other = openAiCostCsv(openAi, { extras: [{ day: "2026-10-14", item: "Sales tax", usd: "1" }] });

  it("with one bad row is refused whole", async () => {
    const tenant = await makeTenant();
    const bad = text.replace(",usd,", ",eur,");
    await expect(add(tenant, bad)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("on line 2: amount_currency is EUR") as string,
    });
    for (const table of ["bill_pull", "bill_line", "bill_read"]) expect(await rowsOf(tenant, table)).toBe(0);
  });

  it("that comes again doubles nothing, and is the second read that makes its days final", async () => {
    const tenant = await makeTenant();
    const first = await add(tenant, text, { isInvoiced: false });
    const lines = await rowsOf(tenant, "bill_line");
    expect(await monthOf(tenant, "openai")).toMatchObject({ isFinal: false, billUsd: sumOf(openAi) });
    const again = await add(tenant, text, { isInvoiced: false, now: at(1) });
    expect(again).toMatchObject({ id: first.id, wasKnown: true });
    expect(await rowsOf(tenant, "bill_line")).toBe(lines);
    expect(await monthOf(tenant, "openai", at(1))).toMatchObject({ isFinal: true, billUsd: sumOf(openAi) });
  });

  it("that says something else later is a correction of the days that it changes", async () => {
    const tenant = await makeTenant();
    await keep(tenant, openAi);
    await add(tenant, text);
    await add(tenant, other, { isInvoiced: false, now: at(2) });
    const figures = await monthOf(tenant, "openai", at(2));
    expect(figures.days.filter(({ isCorrected }) => isCorrected).map(({ day }) => day)).toEqual(["2026-10-14"]); // prettier-ignore
    const changed = figures.days.find(({ day }) => day === "2026-10-14");
    expect(changed?.beforeUsd).toBe(sumOf(openAi.filter(({ day }) => day === "2026-10-14")));
    expect(figures).toMatchObject({ gapUsd: "1", isFinal: false });
  });

  it("that is removed leaves what was there before; sent again, it is back", async () => {
    const tenant = await makeTenant();
    await add(tenant, text);
    const newer = await add(tenant, other, { now: at(1) });
    const before = (await monthOf(tenant, "openai", at(1))).billUsd;
    await removeBillFile(finance(tenant, at(1)), { id: newer.id });
    expect((await monthOf(tenant, "openai", at(1))).billUsd).toBe(sumOf(openAi));
    await expect(removeBillFile(finance(tenant, at(1)), { id: newer.id })).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
    await add(tenant, other, { now: at(2) });
    expect((await monthOf(tenant, "openai", at(2))).billUsd).toBe(before);
    const actions = await asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE tenant_id = $1 AND action LIKE 'bill.%' ORDER BY at, action", [tenant.id]); // prettier-ignore
    expect(actions.map(({ action }) => action)).toEqual(["bill.file_added", "bill.file_added", "bill.file_removed", "bill.file_added_again"]); // prettier-ignore
  });

  it("is added by nobody who may not bring files in, and by nobody else's tenant", async () => {
    const [tenant, stranger] = [await makeTenant(), await makeTenant()];
    const uploadId = await uploadText(finance(tenant), "cost.csv", text);
    await expect(addBillFile(contextOf(tenant, personWith("viewer"), start), { uploadId })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    await expect(addBillFile(finance(stranger), { uploadId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { id } = await addBillFile(finance(tenant), { uploadId });
    await expect(removeBillFile(finance(stranger), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listBillFiles(finance(stranger))).files).toEqual([]);
  });
});

import { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { reopenPeriod } from "@/server/periods/reopen";
import { advanceErasure } from "@/server/privacy/advance-erasure";
import { eraseUser } from "@/server/privacy/erase-user";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listPrice } from "@/tests/ledger/made-prices";
import { testDatabase } from "@/tests/setup/database";
import { saveAccount } from "./accounts";
import { addInvoiceLine, recomputeInvoice, removeInvoiceLine } from "./change-draft";
import { discardInvoice } from "./discard";
import { finaliseInvoice } from "./finalise";
import { finaliseMonth } from "./finalise-month";
import { saveIssuer } from "./issuer";
import { listInvoices } from "./list";
import { makeDrafts } from "./make-drafts";
import type { SavePlanInput } from "./plan-schemas";
import { previewPlan } from "./preview-plan";
import { readInvoice } from "./read";
import { readInvoiceMonth } from "./read-month";
import { replaceInvoice } from "./replace";
import { retirePlan } from "./retire-plan";
import { savePlan } from "./save-plan";
import { verifyInvoice } from "./verify";
import { voidInvoice } from "./void";

const model = "invoiced-1";
const at = (text: string) => new Date(text.includes("T") ? text : `${text}T12:00:00Z`);
const as = (tenant: Tenant, when: string, role: "owner" | "finance" | "viewer" = "finance") =>
  contextOf(tenant, personWith(role), at(when));

async function store(tenant: Tenant, when: string, calls: unknown[]) {
  const ctx = contextOf(tenant, system, at(when));
  expect((await recordCalls(ctx, { calls }, { source: "test", anyAge: true })).rejected).toEqual([]);
  while ((await rollUp(ctx)).more);
}
const call = (id: string, occurredAt: string, accountId: string | undefined, more: object = {}) => ({
  id,
  occurredAt,
  provider: "openai",
  model,
  ...(accountId !== undefined && { accountId }),
  feature: "chat",
  usage: { inputTokens: 1_000_000, outputTokens: 100_003 },
  ...more,
});
const costPlus = (name: string, markupPercent = "20"): SavePlanInput => ({
  terms: { name, components: [{ kind: "cost_plus", label: "Model usage", markupPercent }] },
});
const issuedBy = { name: "Acme Billing", addressLines: ["1 Main St"], numberPrefix: "INV" };

/** A tenant with a closed October: accounts a and b, and calls that are nobody's. */
async function closedOctober() {
  const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
  await store(tenant, "2026-11-02", [
    call("a1", "2026-10-05T10:00:00Z", "acme"),
    call("a2", "2026-10-06T10:00:00Z", "acme", { feature: "search" }),
    call("b1", "2026-10-07T10:00:00Z", "beta"),
    call("n1", "2026-10-08T10:00:00Z", undefined),
  ]);
  await closePeriod(as(tenant, "2026-11-03"), { month: "2026-10" });
  const plan = await savePlan(as(tenant, "2026-11-03"), costPlus("Standard"));
  await saveIssuer(as(tenant, "2026-11-03"), { defaultPlanId: plan.id, details: issuedBy });
  return { tenant, plan };
}
const draftsOf = async (tenant: Tenant, month = "2026-10", when = "2026-11-04") =>
  (await listInvoices(as(tenant, when), { month, state: "draft" })).invoices;
/** Pools are smaller than the crowd: who is told to come back does. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !(error instanceof Error && "code" in error && error.code === "UNAVAILABLE"))
        throw error;
    }
  }
}

beforeAll(async () => {
  await listPrice(model, { input: "1.37", output: "2.91" }, at("2026-01-01"));
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-08-01', DATE '2026-12-01', interval '1 month') AS m"); // prettier-ignore
});

describe("a closed month", () => {
  it("becomes drafts of the frozen statement, the same ones however often", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    expect(await makeDrafts(ctx, { month: "2026-10" })).toEqual({ accounts: 2, made: 2, recomputed: 0, edited: 0, final: 0, discarded: 0, total: 2, next: null }); // prettier-ignore
    const first = await draftsOf(tenant);
    // 1,000,000 × 1.37 + 100,003 × 2.91 millionths, twice, and a fifth more.
    expect(first.map(({ accountId, costUsd, totalUsd }) => [accountId, costUsd, totalUsd])).toEqual([
      ["acme", "3.322017460000000000", "3.99"],
      ["beta", "1.661008730000000000", "1.99"],
    ]);
    expect(await makeDrafts(ctx, { month: "2026-10" })).toMatchObject({ made: 0, recomputed: 2 });
    expect(await draftsOf(tenant)).toEqual(first);
    const invoice = await readInvoice(ctx, { id: first[0]?.id ?? "" });
    expect(invoice.lines).toEqual([{ n: 1, kind: "usage", component: 1, ofMonth: "2026-10", description: "Model usage", quantity: "3.32201746", unit: "usd", unitUsd: "1.2", per: 1, exactUsd: "3.986420952", amountUsd: "3.99", manualId: null }]); // prettier-ignore
    expect(await readInvoiceMonth(ctx, { month: "2026-10" })).toMatchObject({
      statement: { revision: 1, costUsd: "6.644034920000000000", amountUsd: "6.64" },
      drafts: { count: 2, totalUsd: "5.98" },
      uninvoiced: [{ reason: "no_account", accounts: 0, calls: 1, costUsd: "1.661008730000000000" }],
      differenceUsd: "0.000000000000000000",
    });
  });

  it("bills whom it is told to, and says whom not", async () => {
    const { tenant, plan } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const details = {
      name: "Acme Ltd",
      dueDays: 30,
      tax: { kind: "rate" as const, name: "VAT", percent: "19" },
    };
    await saveAccount(ctx, { accountId: "acme", planId: null, details });
    await saveAccount(ctx, { accountId: "beta", planId: null, isBilled: false, details: {} });
    await saveAccount(ctx, { accountId: "gone", planId: plan.id, billThrough: "2026-09", details: {} });
    const flat = await savePlan(ctx, { terms: { name: "Flat", components: [{ kind: "flat", label: "Seat", usd: "49.00" }] } }); // prettier-ignore
    await saveAccount(ctx, { accountId: "quiet", planId: flat.id, details: {} });
    expect((await draftsOf(tenant)).map(({ accountId, outdated }) => [accountId, outdated])).toEqual([
      ["acme", ["details"]],
      ["beta", ["plan"]],
    ]);
    expect(await makeDrafts(ctx, { month: "2026-10" })).toMatchObject({
      made: 1,
      recomputed: 1,
      discarded: 1,
    });
    expect((await draftsOf(tenant)).map(({ accountId, customerName, netUsd, taxUsd, totalUsd }) => [accountId, customerName, netUsd, taxUsd, totalUsd])).toEqual([
      ["acme", "Acme Ltd", "3.99", "0.76", "4.75"],
      ["quiet", "quiet", "49.00", "0.00", "49.00"],
    ]); // prettier-ignore
    const month = await readInvoiceMonth(ctx, { month: "2026-10" });
    expect(month.uninvoiced.map(({ reason, accounts }) => [reason, accounts])).toEqual([["no_account", 0], ["not_billed", 1]]); // prettier-ignore
    expect(month).toMatchObject({ outdatedDrafts: 0, differenceUsd: "0.000000000000000000" });
  });

  it("keeps lines by hand when a draft is made anew, and leaves such a draft alone", async () => {
    const { tenant, plan } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const [draft] = await draftsOf(tenant);
    const id = draft?.id ?? "";
    const edited = await addInvoiceLine(ctx, { id, description: "Goodwill", amountUsd: "-1.50" });
    expect([edited.totalUsd, edited.isEdited, edited.lines.length]).toEqual(["2.49", true, 2]);
    await savePlan(ctx, { ...costPlus("Standard", "50"), id: plan.id, baseVersion: 1 });
    expect(await makeDrafts(ctx, { month: "2026-10" })).toMatchObject({ recomputed: 1, edited: 1 });
    expect((await readInvoice(ctx, { id })).outdated).toEqual(["plan"]);
    await expect(finaliseInvoice(ctx, { id, totalUsd: "2.49" })).rejects.toThrow(
      "Recompute the draft of acme first",
    );
    expect(await recomputeInvoice(ctx, { id })).toMatchObject({
      totalUsd: "3.48",
      outdated: [],
      plan: { version: 2 },
    });
    const manualId = edited.lines[1]?.manualId ?? "";
    expect(await removeInvoiceLine(ctx, { id, manualId })).toMatchObject({
      totalUsd: "4.98",
      isEdited: false,
    });
    await expect(savePlan(ctx, { ...costPlus("Standard", "60"), id: plan.id, baseVersion: 1 })).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
    await expect(savePlan(ctx, costPlus("STANDARD"))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(retirePlan(ctx, { id: plan.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is tried under a plan that nobody has saved", async () => {
    const { tenant } = await closedOctober();
    const preview = await previewPlan(as(tenant, "2026-11-04"), costPlus("Tried", "100"));
    expect(preview).toMatchObject({
      month: "2026-10",
      count: 2,
      costUsd: "4.983026190000000000",
      netUsd: "9.96",
    });
    expect(preview?.accounts.map(({ accountId, netUsd }) => [accountId, netUsd])).toEqual([["acme", "6.64"], ["beta", "3.32"]]); // prettier-ignore
    const nothing = await makeTenant();
    expect(await previewPlan(as(nothing, "2026-11-04"), costPlus("Tried"))).toBeNull();
  });
});

describe("an invoice with a number", () => {
  it("is never changed, not even by hand in the database; voiding keeps all of it", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-12-31T18:00:00Z");
    await makeDrafts(ctx, { month: "2026-10" });
    const [draft, other] = await draftsOf(tenant);
    const id = draft?.id ?? "";
    await expect(finaliseInvoice(ctx, { id, totalUsd: "4.00" })).rejects.toThrow("comes to USD 3.99");
    expect(await finaliseInvoice(ctx, { id, totalUsd: "3.99" })).toEqual({
      id,
      number: "INV-2026-0001",
      totalUsd: "3.99",
    });
    // Half past eleven at night in London is the new year's in Kolkata.
    const later = as(tenant, "2026-12-31T23:30:00Z");
    expect((await finaliseInvoice(later, { id: other?.id ?? "", totalUsd: "1.99" })).number).toBe(
      "INV-2027-0001",
    );
    const final = await readInvoice(ctx, { id });
    expect(final).toMatchObject({ state: "final", issuedOn: "2026-12-31", dueOn: "2027-01-14" });
    expect(await verifyInvoice(ctx, { id })).toMatchObject({ isIntact: true });
    for (const attempt of [
      () => recomputeInvoice(ctx, { id }),
      () => addInvoiceLine(ctx, { id, description: "x", amountUsd: "1" }),
      () => discardInvoice(ctx, { id }),
      () => finaliseInvoice(ctx, { id, totalUsd: "3.99" }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "CONFLICT" });
    for (const sql of [
      "UPDATE invoice SET total_usd = 1, net_usd = 1, tax_usd = 0 WHERE id = $1",
      "UPDATE invoice SET number = 'INV-2026-0009' WHERE id = $1",
      "UPDATE invoice SET state = 'draft', number = NULL WHERE id = $1",
      "DELETE FROM invoice WHERE id = $1",
      "DELETE FROM invoice_line WHERE invoice_id = $1",
      "UPDATE invoice_line SET description = 'Other' WHERE invoice_id = $1",
      "INSERT INTO invoice_line SELECT tenant_id, invoice_id, 99, kind, component, of_month, description, quantity, unit, unit_usd, per, exact_usd, amount_usd, manual_id FROM invoice_line WHERE invoice_id = $1",
    ])
      await expect(asAdmin(sql, [id])).rejects.toThrow(/never|with a number/);

    await voidInvoice(ctx, { id, reason: "Wrong address" });
    const { voidedAt, voidedBy, ...voided } = await readInvoice(ctx, { id });
    expect([voidedAt, voidedBy].includes(null)).toBe(false);
    expect({ ...voided, voidedAt: null, voidedBy: null }).toEqual({
      ...final,
      state: "void",
      voidReason: "Wrong address",
    });
    expect(await makeDrafts(ctx, { month: "2026-10" })).toMatchObject({ made: 0, final: 1 });
    expect((await readInvoiceMonth(ctx, { month: "2026-10" })).uninvoiced.map(({ reason }) => reason)).toEqual(["no_account", "no_invoice"]); // prettier-ignore
    const { id: next } = await replaceInvoice(ctx, { id });
    expect((await readInvoice(ctx, { id: next })).replaces).toEqual({ id, number: "INV-2026-0001" });
    await expect(replaceInvoice(ctx, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await finaliseInvoice(ctx, { id: next, totalUsd: "3.99" })).number).toBe("INV-2026-0002");
    expect((await readInvoice(ctx, { id })).replacedBy).toEqual({ id: next, number: "INV-2026-0002" });
  });

  it("is refused its number where its lines are not its total", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const [draft] = await draftsOf(tenant);
    await asAdmin("UPDATE invoice SET net_usd = 4, total_usd = 4 WHERE id = $1", [draft?.id]);
    await expect(finaliseInvoice(ctx, { id: draft?.id ?? "", totalUsd: "4.00" })).rejects.toThrow();
    expect(await asAdmin("SELECT * FROM invoice_series WHERE tenant_id = $1", [tenant.id])).toEqual([]);
  });
});

describe("numbers", () => {
  it("have no gap and no double among 50 at once, some of which die in the middle", async () => {
    const tenant = await makeTenant();
    const accounts = Array.from({ length: 50 }, (_, n) => `account-${String(n).padStart(2, "0")}`);
    await store(
      tenant,
      "2026-11-02",
      accounts.map((account) => call(account, "2026-10-05T10:00:00Z", account)),
    );
    await closePeriod(as(tenant, "2026-11-03"), { month: "2026-10" });
    const plan = await savePlan(as(tenant, "2026-11-03"), costPlus("Standard"));
    await saveIssuer(as(tenant, "2026-11-03"), { defaultPlanId: plan.id, details: issuedBy });
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const drafts = await draftsOf(tenant);
    // As a process that dies between its number and its commit.
    const interrupted = async () => {
      const client = new Client({ connectionString: testDatabase().adminUrl });
      await client.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO invoice_series AS s (tenant_id, year, last) VALUES ($1, 2026, 1) ON CONFLICT (tenant_id, year) DO UPDATE SET last = s.last + 1", [tenant.id]); // prettier-ignore
      await client.query("ROLLBACK");
      await client.end();
    };
    const given = await Promise.all(
      drafts.map(async ({ id, totalUsd }, n) => {
        if (n % 5 === 0) await interrupted();
        return patiently(() => finaliseInvoice(ctx, { id, totalUsd }));
      }),
    );
    const expected = accounts.map((_, n) => `INV-2026-${String(n + 1).padStart(4, "0")}`);
    expect(given.map(({ number }) => number).sort()).toEqual(expected);
    expect(await asAdmin("SELECT last FROM invoice_series WHERE tenant_id = $1", [tenant.id])).toEqual([
      { last: 50 },
    ]);
  });

  it("are given to all drafts of a month as they were confirmed, in the order of accounts", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const refused = finaliseMonth(ctx, { month: "2026-10", confirm: { drafts: 2, totalUsd: "5.97" } });
    await expect(refused).rejects.toThrow("2 drafts come to USD 5.98");
    const done = await finaliseMonth(ctx, { month: "2026-10", confirm: { drafts: 2, totalUsd: "5.98" } });
    expect(done).toMatchObject({ invoices: [{ number: "INV-2026-0001", totalUsd: "3.99" }, { number: "INV-2026-0002" }], left: null }); // prettier-ignore
  });
});

describe("what comes afterwards", () => {
  it("is a line of the next month's invoice, named with the month that it corrects", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    await finaliseMonth(ctx, { month: "2026-10", confirm: { drafts: 2, totalUsd: "5.98" } });
    await store(tenant, "2026-11-20", [
      call("late", "2026-10-20T10:00:00Z", "acme"),
      call("nov", "2026-11-19T10:00:00Z", "acme"),
    ]);
    await closePeriod(as(tenant, "2026-12-03"), { month: "2026-11" });
    const december = as(tenant, "2026-12-04");
    await makeDrafts(december, { month: "2026-11" });
    const [draft] = await draftsOf(tenant, "2026-11", "2026-12-04");
    const invoice = await readInvoice(december, { id: draft?.id ?? "" });
    expect(invoice.lines.map(({ kind, ofMonth, description, amountUsd }) => [kind, ofMonth, description, amountUsd])).toEqual([
      ["usage", "2026-11", "Model usage", "1.99"],
      ["late", "2026-10", "Model usage: late usage of October 2026", "1.99"],
    ]); // prettier-ignore
    expect(await readInvoiceMonth(december, { month: "2026-11" })).toMatchObject({ uninvoiced: [], differenceUsd: "0.000000000000000000" }); // prettier-ignore
  });

  it("shows where a month is opened again: drafts are stale, and what has a number says by how much", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const [draft, stale] = await draftsOf(tenant);
    await finaliseInvoice(ctx, { id: draft?.id ?? "", totalUsd: "3.99" });
    await reopenPeriod(as(tenant, "2026-11-05", "owner"), {
      month: "2026-10",
      reason: "A call was forgotten",
    });
    expect((await readInvoice(ctx, { id: draft?.id ?? "" })).sinceReopened).toEqual({ costUsd: null });
    const toFinalise = finaliseInvoice(ctx, { id: stale?.id ?? "", totalUsd: "1.99" });
    await expect(toFinalise).rejects.toThrow("the month's statement is not in force any more");
    await expect(makeDrafts(ctx, { month: "2026-10" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await store(tenant, "2026-11-06", [call("forgotten", "2026-10-20T10:00:00Z", "acme")]);
    await closePeriod(as(tenant, "2026-11-07"), { month: "2026-10" });
    expect((await readInvoice(ctx, { id: draft?.id ?? "" })).sinceReopened).toEqual({ costUsd: "1.661008730000000000" }); // prettier-ignore
    expect(await readInvoiceMonth(ctx, { month: "2026-10" })).toMatchObject({ outdatedDrafts: 1, sinceReopenedUsd: "1.661008730000000000", differenceUsd: "0.000000000000000000" }); // prettier-ignore
    await makeDrafts(ctx, { month: "2026-10" });
    expect((await readInvoice(ctx, { id: stale?.id ?? "" })).outdated).toEqual([]);
  });

  it("does not keep the name of somebody who is forgotten, where it was only an id", async () => {
    const { tenant } = await closedOctober();
    const ctx = as(tenant, "2026-11-04");
    await makeDrafts(ctx, { month: "2026-10" });
    const [draft] = await draftsOf(tenant);
    const id = draft?.id ?? "";
    await finaliseInvoice(ctx, { id, totalUsd: "3.99" });
    const before = await readInvoice(ctx, { id });
    const owner = as(tenant, "2026-11-10", "owner");
    await eraseUser(owner, { userId: "acme", confirm: "acme" });
    while ((await advanceErasure(contextOf(tenant, system, at("2026-11-10")))).more);
    const after = await readInvoice(ctx, { id });
    expect([after.accountId, after.customer.name]).not.toContain("acme");
    expect(after.lines).toEqual(before.lines);
    expect(after.renamedAt).not.toBeNull();
    expect(await verifyInvoice(ctx, { id })).toMatchObject({ isIntact: true });
  });
});

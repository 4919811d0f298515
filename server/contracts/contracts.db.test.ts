import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { priceNotices } from "@/server/analytics/price-notices";
import { listUsedModels } from "@/server/analytics/used-models";
import { bumpRevision } from "@/server/attribution/bump-revision";
import { recordCalls } from "@/server/calls/record";
import { showCall } from "@/server/calls/show";
import type { Tenant } from "@/server/context";
import { disconnect } from "@/server/db";
import { rollUp } from "@/server/rollups/roll-up";
import {
  asAdmin,
  contextOf,
  ingestKey,
  loadPrices,
  makeTenant,
  personWith,
  system,
} from "@/tests/factories/tenant";
import { addContractRates } from "./add-contract-rates";
import { addDiscount } from "./add-discount";
import { currentTenantBook } from "./load-tenant-book";
import { insertRule } from "./queries";
import { showModelPrices } from "./show-model-prices";
import { withdrawPrice } from "./withdraw";

const now = new Date("2026-11-20T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
let tenant: Tenant;
let other: Tenant;
beforeAll(async () => {
  await loadPrices(new Date("2026-01-01T00:00:00Z"));
  tenant = await makeTenant({ timeZone: "America/New_York" });
  other = await makeTenant();
});
afterAll(disconnect);

const as = (role: "owner" | "finance" | "viewer" = "finance", at = now, of = tenant) =>
  contextOf(of, personWith(role), at);
const usd = (input: string) => [
  { unit: "fresh_input", usd: input },
  { unit: "visible_output", usd: input },
];
/** Records one call and reads it back. */
async function recorded(some: object, at = now, of = tenant) {
  const id = randomUUID();
  const call = { id, occurredAt: at.toISOString(), provider: "openai", model: "gpt-4o", usage: { inputTokens: 1_000_000 }, ...some }; // prettier-ignore
  const answer = await recordCalls(contextOf(of, ingestKey, at), { calls: [call] }, { source: "api" });
  expect(answer).toMatchObject({ accepted: 1, rejected: [] });
  return showCall(contextOf(of, system, at), { id });
}

describe("what a tenant says of prices", () => {
  it("counts from the next call on, in the call's own time, for nobody else; and is written down", async () => {
    expect((await recorded({})).call.costUsd).toBe("2.5");
    const ctx = as();
    const { id } = await addContractRates(ctx, {
      provider: "openai", model: "gpt-4o", validFrom: "2026-11-20", validTo: "2026-12-01", rates: usd("2"), note: "Order 7",
    }); // prettier-ignore
    expect(ctx.emitted).toEqual([{ name: "prices/changed", data: { tenantId: tenant.id } }]);
    // 20 November begins at 05:00 UTC in New York.
    expect((await recorded({}, new Date("2026-11-20T04:59:59.999Z"))).call.costUsd).toBe("2.5");
    const { call, formula } = await recorded({}, new Date("2026-11-20T05:00:00Z"));
    expect(call).toMatchObject({
      costUsd: "2",
      priceStatus: "priced",
      priceVersionId: id,
      priceRuleId: null,
    });
    expect(formula).toMatchObject({ agrees: true, version: { layer: "contract" }, notes: ["At your contract's rates: “Order 7”."] }); // prettier-ignore
    expect((await recorded({}, now, other)).call.costUsd).toBe("2.5");
    const [audit] = await asAdmin("SELECT action, subject, after FROM audit_event WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1", [tenant.id]); // prettier-ignore
    expect(audit).toMatchObject({ action: "contract.added", subject: id, after: { provider: "openai", validFrom: "2026-11-20T05:00:00.000Z" } }); // prettier-ignore
  });

  it("takes a discount off list prices, and says so with the call", async () => {
    const { id } = await addDiscount(as(), {
      provider: "anthropic",
      factor: "0.88",
      note: "12 % since July",
    });
    const { call, formula } = await recorded({ provider: "anthropic", model: "claude-sonnet-4-5", usage: { inputTokens: 100_000 } }); // prettier-ignore
    expect(call).toMatchObject({ costUsd: "0.264", priceStatus: "priced", priceRuleId: id });
    expect(formula).toMatchObject({ agrees: true, rule: { id, factor: "0.88" }, version: { layer: "list" } });
    expect(formula.lines[0]?.formula).toContain(" × 0.88 = $0.264");
  });

  it("gives a model of one's own a price, its units besides tokens among them", async () => {
    const call = { provider: "in-house", model: "router-7b", usage: { inputTokens: 1_000_000, units: { gpu_seconds: "12.5" } } }; // prettier-ignore
    expect((await recorded(call)).call).toMatchObject({ costUsd: null, priceStatus: "unpriced" });
    await addContractRates(as(), {
      provider: "in-house", model: "router-7b", rates: [...usd("0.1"), { unit: "gpu_seconds", usd: "0.0004" }],
    }); // prettier-ignore
    const { call: priced, formula } = await recorded(call);
    expect(priced).toMatchObject({
      costUsd: "0.105",
      priceStatus: "priced",
      otherUnits: { gpu_seconds: "12.5" },
    });
    expect(formula.lines.map(({ label }) => label)).toEqual(["Fresh input tokens", "Gpu seconds"]);
  });

  it("prices flex and priority by LiteLLM's rates, and explains it", async () => {
    const flex = await recorded({ model: "gpt-5-2025-08-07", serviceTier: "flex" });
    expect(flex.call).toMatchObject({ costUsd: "0.625", priceStatus: "priced", serviceTier: "flex" });
    expect(flex.formula).toMatchObject({ agrees: true, version: { layer: "litellm" } });
    expect((await recorded({ model: "gpt-5", serviceTier: "priority" })).call.costUsd).toBe("2.5");
    expect((await recorded({ model: "gpt-5" })).call.costUsd).toBe("1.25");
  });

  it("takes back what was a mistake, once; the calls keep their price, and its explanation", async () => {
    const call = { model: "gpt-4.1" };
    const { id } = await addContractRates(as(), { provider: "openai", model: "gpt-4.1", rates: usd("1") });
    const before = await recorded(call);
    expect(before.call.costUsd).toBe("1");
    const ctx = as("finance", later(60));
    await withdrawPrice(ctx, { id, note: "Typed twice" });
    expect(ctx.emitted).toHaveLength(1);
    expect((await recorded(call)).call.costUsd).toBe("2");
    expect((await showCall(as("viewer"), { id: before.call.id })).formula).toMatchObject({ agrees: true, version: { layer: "contract" } }); // prettier-ignore
    await expect(withdrawPrice(as(), { id })).rejects.toMatchObject({ code: "CONFLICT" });
    const book = await currentTenantBook(as());
    const facts = { provider: "openai", model: "gpt-4.1", feature: null, region: null, occurredAt: now, batch: false, serviceTier: null }; // prettier-ignore
    expect(book.asKnownAt(later(59)).rates(facts)?.layer).toBe("contract");
    expect(book.asKnownAt(later(60)).rates(facts)?.layer).toBe("list");
  });

  it("is on the screens at once, even if another process said it", async () => {
    const looking = await makeTenant();
    const model = { provider: "openai", model: "gpt-4o-mini" };
    const ctx = as("finance", now, looking);
    const shown = async () =>
      (await showModelPrices(ctx, model)).said.filter(({ kind }) => kind === "discount");
    expect(await shown()).toEqual([]);
    // What changePrices does, without telling this process.
    await ctx.db.write(async (db) => {
      await bumpRevision(db, looking.id, now);
      await insertRule(db, looking.id, { id: randomUUID(), ...model, factor: "0.8", validFrom: null, validTo: null, knownFrom: now, setBy: "another process", note: "" }); // prettier-ignore
    });
    expect(await shown()).toMatchObject([{ factor: "0.8", isSuperseded: false }]);
  });

  it("withdraws a discount likewise", async () => {
    const { id } = await addDiscount(as(), { provider: "openai", model: "gpt-4.1-mini", factor: "0.5" });
    expect((await recorded({ model: "gpt-4.1-mini" })).call.costUsd).toBe("0.2");
    await withdrawPrice(as("owner", later(1)), { id });
    expect((await recorded({ model: "gpt-4.1-mini" })).call.costUsd).toBe("0.4");
  });

  it("refuses who may not, what is valid at no time, and what is not there or another tenant's", async () => {
    const rates = { provider: "openai", model: "gpt-4o", rates: usd("1") };
    await expect(addContractRates(as("viewer"), rates)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(addDiscount(as("viewer"), { factor: "0.5" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(withdrawPrice(as("viewer"), { id: randomUUID() })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(showModelPrices(contextOf(tenant, ingestKey, now), { provider: "openai", model: "gpt-4o" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    const never = { validFrom: "2026-12-01", validTo: "2026-12-01" };
    await expect(addContractRates(as(), { ...rates, ...never })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await expect(addDiscount(as(), { factor: "0.5", ...never })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await expect(withdrawPrice(as(), { id: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { id } = await addContractRates(as("owner", now, other), rates);
    await expect(withdrawPrice(as(), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("lets no role change or delete what was said", async () => {
    const grants = await asAdmin<{ role: string; table: string }>(
      `SELECT r.rolname AS role, t AS table FROM pg_roles r, unnest(ARRAY['contract_version', 'contract_rate', 'price_rule']) AS t
       WHERE r.rolname LIKE 'tokenledger\\_%' AND r.rolname <> 'tokenledger_migrator' AND has_table_privilege(r.oid, t, 'UPDATE, DELETE')`,
    );
    expect(grants).toEqual([]);
  });
});

it("shows all that was said of a model's price, through time", async () => {
  const shown = await showModelPrices(as("viewer"), { provider: "OpenAI", model: "gpt-4o" });
  expect(shown).toMatchObject({ provider: "openai", model: "gpt-4o", listedAs: { provider: "openai", model: "gpt-4o" } }); // prettier-ignore
  const [general] = shown.scopes;
  expect(general?.stretches.map(({ from, to, isNow, price }) => [from, to, isNow, price?.layer])).toEqual([
    [null, "2026-11-20T05:00:00.000Z", false, "list"],
    ["2026-11-20T05:00:00.000Z", "2026-12-01T05:00:00.000Z", true, "contract"],
    ["2026-12-01T05:00:00.000Z", null, false, "list"],
  ]);
  expect(shown.said.map(({ kind, isSuperseded }) => [kind, isSuperseded])).toEqual([
    ["contract", false],
    ["list", false],
    ["litellm", false],
  ]);
  const withdrawn = await showModelPrices(as("viewer"), { provider: "openai", model: "gpt-4.1" });
  expect(withdrawn.said.find(({ kind }) => kind === "contract")).toMatchObject({ isSuperseded: true, withdrawnAt: later(60).toISOString() }); // prettier-ignore
});

it("lists the models in use with their price, and tells what will change", async () => {
  await rollUp(contextOf(tenant, system, now));
  const { models } = await listUsedModels(as("viewer"));
  const inHouse = models.find(({ model }) => model === "router-7b");
  expect(inHouse).toMatchObject({
    calls: 2,
    costUsd: "0.105",
    unpricedCalls: 1,
    price: { layer: "contract" },
  });
  expect(models.reduce((total, { shareOfCost }) => total + (shareOfCost ?? 0), 0)).toBeCloseTo(1, 4);
  expect(models.find(({ model }) => model === "claude-sonnet-4-5")?.price).toMatchObject({ layer: "list", factor: "0.88" }); // prettier-ignore
  const { notices } = await priceNotices(as("viewer"));
  expect(notices).toMatchObject([{ at: "2026-12-01T05:00:00.000Z", lines: [{ model: "gpt-4o", before: { layer: "contract", note: "Order 7" }, after: { layer: "list" } }] }]); // prettier-ignore
});

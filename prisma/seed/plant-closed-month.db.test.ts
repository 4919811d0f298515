import { beforeAll, expect, it } from "vitest";
import { createContext, type Ctx } from "@/server/context";
import { listInvoices } from "@/server/invoices/list";
import { withClient } from "@/server/launch/provision";
import { reconcileCustomers } from "@/server/reconciliation/reconcile-customers";
import { reconcileProviders } from "@/server/reconciliation/reconcile-providers";
import { readStatement } from "@/server/statements/read";
import { systemContext } from "@/server/system-context";
import { personWith } from "@/tests/factories/tenant";
import { testDatabase } from "@/tests/setup/database";
import { closedDemoMonth } from "./demo-months";
import { seedDemo } from "./demo";

const now = new Date("2026-11-20T15:20:00Z");
let ctx: Ctx;
beforeAll(async () => {
  await seedDemo({ now, calls: 15_000 });
  const tenantId = await withClient(testDatabase().adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT tenant_id AS id FROM tenant WHERE slug = 'demo'",
    );
    return rows[0]?.id ?? "";
  });
  const { tenant } = await systemContext(tenantId, "test");
  ctx = createContext({ tenant, actor: personWith("finance"), now });
});

it.each([
  { now: "2026-11-20T15:20:00Z", month: "2026-09" },
  // 90 days reach back to the second of October, not to the first.
  { now: "2026-12-31T15:20:00Z", month: null },
  { now: "2026-12-01T15:20:00Z", month: "2026-10" },
])("the month closed at $now is $month", ({ now, month }) => {
  expect(closedDemoMonth(new Date(now))).toBe(month);
});

it("the demo's closed month agrees from its calls to its invoices, and with the bill", async () => {
  const { statement, links } = await reconcileCustomers(ctx, { month: "2026-09" });
  expect(Number(statement?.amountUsd)).toBeGreaterThan(10);
  expect(links.map(({ id, state }) => [id, state])).toEqual([
    ["rollup", "equal"],
    ["statement", "equal"],
    ["stripe", "off"],
    ["invoices", "equal"],
  ]);
  const bills = await reconcileProviders(ctx, { month: "2026-09" });
  expect(bills.links.find(({ id }) => id === "provider:openai")?.state).toBe("equal");
});

it("its statement names the price list that its calls were priced by", async () => {
  const { head } = await readStatement(ctx, { month: "2026-09" });
  expect(head.priceBook).toMatch(/^2026-08-\d\dT.* genai-prices .*; own prices 2026-08-/);
  expect(head.unpricedCalls).toBe(0);
});

it("its invoices have numbers, and the month after is left to be closed", async () => {
  const { invoices } = await listInvoices(ctx, { month: "2026-09" });
  expect(invoices.length).toBeGreaterThan(2);
  expect(invoices.filter(({ state }) => state !== "final")).toEqual([]);
  expect(invoices.map(({ number }) => number)).toContain("ACME-2026-0001");
  const { statement } = await reconcileCustomers(ctx, { month: "2026-10" });
  expect(statement).toBeNull();
});

import type { Client } from "pg";
import type { Ctx } from "@/server/context";

/** Days on which a contract changed what gpt-4o costs: none in the last week, one in the last month, two in 90 days. */
const changes = ["2025-12-01", "2026-02-01", "2026-05-15", "2026-08-01", "2026-10-01", "2026-11-10"];

/** The price lists and a contract whose rates changed again and again, so that what rests on prices has work to do. */
export async function loadReportPrices(admin: Client, ctx: Ctx): Promise<void> {
  const { rowCount } = await admin.query("SELECT FROM contract_version WHERE tenant_id = $1", [
    ctx.tenant.id,
  ]);
  if (rowCount !== 0) return;
  const { appendSnapshot } = await import("@/server/prices/append-snapshot");
  const { addContractRates } = await import("@/server/contracts/add-contract-rates");
  await appendSnapshot({ now: ctx.now });
  for (const [at, validFrom] of changes.entries()) {
    const rate = (unit: string, usd: number) => ({ unit, usd: (usd - at * 0.01).toFixed(2) });
    await addContractRates(ctx, {
      provider: "openai",
      model: "gpt-4o",
      validFrom,
      validTo: changes[at + 1] ?? null,
      rates: [rate("fresh_input", 2.5), rate("cache_read", 1.25), rate("visible_output", 10)],
    });
  }
}

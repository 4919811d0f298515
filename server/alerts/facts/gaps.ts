import { z } from "zod";
import type { Db } from "@/server/db";
import { Cause } from "@/server/provider-bills/schemas";
import type { GapFacts } from "../rules/reconciliation-gap";

const Row = z.object({
  provider: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  billUsd: z.string(),
  ledgerUsd: z.string(),
  byCause: z.record(Cause, z.string()),
});

/** The two newest months of each provider that had final days by an instant, the newest first. */
export async function loadGaps(db: Db, tenantId: string, at: Date): Promise<GapFacts[]> {
  const rows = await db.$queryRaw`
    SELECT provider, to_char(first_day, 'YYYY-MM-DD') AS "firstDay", to_char(last_day, 'YYYY-MM-DD') AS "lastDay",
      trim_scale(bill_usd)::text AS "billUsd", trim_scale(ledger_usd)::text AS "ledgerUsd", by_cause AS "byCause"
    FROM bill_gap
    WHERE tenant_id = ${tenantId}::uuid AND month > (${at}::timestamptz AT TIME ZONE 'UTC')::date - interval '2 months'
    ORDER BY provider, month DESC`;
  const months = z.array(Row).parse(rows);
  return [...new Set(months.map(({ provider }) => provider))].map((provider) => ({
    provider,
    months: months.filter((month) => month.provider === provider),
  }));
}

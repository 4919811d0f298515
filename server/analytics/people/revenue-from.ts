import { z } from "zod";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";

const Row = z.object({ accounts: z.number(), readAt: z.date().nullable() });

/** Of how many accounts the revenue is what Stripe's subscriptions say; null: of none. */
export type RevenueFrom = { accounts: number; readAt: string } | null;

/** Whose word revenue is: where subscriptions tell what an account pays, they win over what an app told. */
export async function revenueFrom(db: Db, ctx: Ctx): Promise<RevenueFrom> {
  const rows = await db.$queryRaw`
    SELECT count(*)::int AS accounts, min(r.read_at) AS "readAt" FROM account_revenue r
    JOIN billing_connection c ON c.tenant_id = r.tenant_id AND c.id = r.connection_id AND c.state <> 'disconnected' AND c.mode = 'live'
    JOIN billing_customer m ON m.tenant_id = r.tenant_id AND m.connection_id = r.connection_id AND m.account_id = r.account_id
      AND m.customer_id = r.customer_id
    WHERE r.tenant_id = ${ctx.tenant.id}::uuid AND r.mrr_usd IS NOT NULL`;
  const [{ accounts, readAt }] = z.tuple([Row]).parse(rows);
  return readAt && { accounts, readAt: readAt.toISOString() };
}

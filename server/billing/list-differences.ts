import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { openDifferences } from "./difference-queries";
import { currentConnection } from "./queries";

/** Where ledger, outbox and Stripe differ now, with the reasons. Amounts are decimal strings. */
export async function listDifferences(ctx: Ctx) {
  requireRight(ctx.actor, "billing:read");
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, ctx.tenant.id);
    if (!connection) return { comparedAt: null, rows: [] };
    const rows = await openDifferences(db, ctx.tenant.id, connection.id);
    return {
      comparedAt: connection.comparedAt,
      rows: rows.map(({ ledger, exported, billed, ...row }) => ({
        ...row,
        ledger: ledger?.toString() ?? null,
        exported: exported?.toString() ?? null,
        billed: billed?.toString() ?? null,
      })),
    };
  });
}

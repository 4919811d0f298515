import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { currentConnection, listMeterRows } from "./queries";
import { unmappedAccounts } from "./usage-query";

/** Accounts with usage since billing began that is billed to nobody, dearest first; '' is usage without an account. */
export async function listUnmapped(ctx: Ctx) {
  requireRight(ctx.actor, "billing:read");
  const tenantId = ctx.tenant.id;
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, tenantId);
    if (!connection) return [];
    const starts = (await listMeterRows(db, tenantId, connection.id)).map(({ startsAt }) =>
      startsAt.getTime(),
    );
    if (starts.length === 0) return [];
    const from = localDay(new Date(Math.min(...starts)), ctx.tenant.timeZone);
    const found = await unmappedAccounts(db, tenantId, connection.id, from);
    return found.map(({ calls, tokens, ...row }) => ({
      ...row,
      calls: calls.toString(),
      tokens: tokens.toString(),
    }));
  });
}

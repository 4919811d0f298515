import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentConnection, listMeterRows } from "./queries";

/** Since when usage is billed by what is connected; now, where nothing is. */
export async function firstMeterStart(ctx: Ctx): Promise<Date> {
  requireRight(ctx.actor, "billing:read");
  const tenantId = ctx.tenant.id;
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, tenantId);
    const meters = connection ? await listMeterRows(db, tenantId, connection.id) : [];
    return new Date(Math.min(ctx.now.getTime(), ...meters.map(({ startsAt }) => startsAt.getTime())));
  });
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { countStates } from "./export-queries";
import { currentConnection, listMappings, listMeterRows } from "./queries";

/** What is connected, by which meters whom is billed, and how many hours of usage are in which state; null: nothing is. */
export async function showBilling(ctx: Ctx) {
  requireRight(ctx.actor, "billing:read");
  const tenantId = ctx.tenant.id;
  return ctx.db.read(async (db) => {
    const sealed = await currentConnection(db, tenantId);
    if (!sealed) return null;
    const { id, providerAccount, name, mode, state, keyTail, failure, notBefore, lastOkAt, comparedAt } =
      sealed;
    const facts = {
      id,
      providerAccount,
      name,
      mode,
      state,
      keyTail,
      failure,
      notBefore,
      lastOkAt,
      comparedAt,
    };
    const { connectedBy, connectedAt } = sealed;
    return {
      connection: { ...facts, connectedBy, connectedAt, hasWebhookSecret: sealed.webhookSecret !== null },
      meters: await listMeterRows(db, tenantId, id),
      mappings: await listMappings(db, tenantId, id),
      states: await countStates(db, tenantId, id),
    };
  });
}

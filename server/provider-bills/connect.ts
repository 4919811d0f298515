import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { readBaseUrl } from "@/server/clients/base-url";
import { outboundRules } from "@/server/clients/outbound-rules";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { sealAdminKey } from "./credentials";
import { probeBill } from "./probe";
import { countConnectionsLocked, insertBillConnection } from "./queries";
import { ConnectBillInput, maxBillConnections } from "./schemas";

/**
 * Connects an organisation at a provider, after its report has answered a first small question. The first read starts at once.
 * @throws DomainError INVALID_INPUT with what is wrong with address or key; CONFLICT when there are too many
 */
export async function connectBill(ctx: Ctx, input: ConnectBillInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { provider, name, credentials, settings, ...asked } = ConnectBillInput.parse(input);
  const base = readBaseUrl(asked.baseUrl, outboundRules.allowPrivate);
  if (!base.ok) throw new DomainError("INVALID_INPUT", `The address ${base.message}`, { field: "baseUrl" });
  await probeBill(provider, { baseUrl: base.url, adminKey: credentials.adminKey }, settings, ctx.now);

  const id = randomUUID();
  const tenantId = ctx.tenant.id;
  const facts = { provider, name, baseUrl: base.url, settings };
  await ctx.db.write(async (db) => {
    if ((await countConnectionsLocked(db, tenantId)) >= maxBillConnections)
      throw new DomainError(
        "CONFLICT",
        `A tenant has at most ${String(maxBillConnections)} of these connections.`,
      );
    await insertBillConnection(db, {
      tenantId,
      id,
      ...facts,
      credentials: sealAdminKey(tenantId, credentials.adminKey),
      createdBy: actorId(ctx.actor),
      createdAt: ctx.now,
    });
    await recordAudit(db, ctx, { action: "bill.connected", subject: id, after: facts });
  });
  await ctx.emit({ name: "bill/pull-requested", data: { tenantId, connectionId: id } });
  return { id };
}

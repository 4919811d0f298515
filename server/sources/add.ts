import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { readBaseUrl } from "@/server/clients/base-url";
import { outboundRules } from "@/server/clients/outbound-rules";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { sealCredentials } from "./credentials";
import { probeLangfuse, probePlausible } from "./probe";
import { countConnectionsLocked, insertConnection } from "./queries";
import { AddConnectionInput, maxConnections } from "./schemas";

type Connection = ReturnType<(typeof AddConnectionInput)["parse"]>;

/**
 * Connects a system to pull from, after it has answered a first small question. The first pull starts at once.
 * @throws DomainError INVALID_INPUT with what is wrong with address, keys or settings; CONFLICT when there are too many
 */
export async function addConnection(ctx: Ctx, input: AddConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const asked = AddConnectionInput.parse(input);
  const base = readBaseUrl(asked.baseUrl, outboundRules.allowPrivate);
  if (!base.ok) throw new DomainError("INVALID_INPUT", `The address ${base.message}`, { field: "baseUrl" });
  const settings = await probe(ctx, asked, base.url);

  const id = randomUUID();
  const tenantId = ctx.tenant.id;
  const { kind, name } = asked;
  const facts = { kind, name, baseUrl: base.url, settings };
  await ctx.db.write(async (db) => {
    if ((await countConnectionsLocked(db, tenantId)) >= maxConnections)
      throw new DomainError("CONFLICT", `A tenant has at most ${maxConnections} connections.`);
    await insertConnection(db, {
      tenantId,
      id,
      ...facts,
      credentials: sealCredentials(tenantId, asked.credentials),
      createdBy: actorId(ctx.actor),
      createdAt: ctx.now,
    });
    await recordAudit(db, ctx, { action: "source.added", subject: id, after: facts });
  });
  await ctx.emit({ name: "source/pull-requested", data: { tenantId, connectionId: id } });
  return { id };
}

/** @returns the settings as they are kept */
async function probe(ctx: Ctx, asked: Connection, baseUrl: string): Promise<Record<string, string | number>> {
  if (asked.kind === "langfuse") {
    await probeLangfuse(baseUrl, asked.credentials, ctx.now);
    return asked.settings;
  }
  const settings = { ...asked.settings, timeZone: asked.settings.timeZone ?? ctx.tenant.timeZone };
  await probePlausible(baseUrl, asked.credentials, settings, ctx.now);
  return settings;
}

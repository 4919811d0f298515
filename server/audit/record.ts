import { actorId } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { type AuditFacts, entryHash } from "./chain";
import { chainEnd, insertEntry, lockChain } from "./queries";

export interface AuditedAct {
  /** "<noun>.<what happened>", such as "key.created". */
  action: string;
  /** The id of what it happened to. */
  subject: string;
  before?: AuditFacts;
  after?: AuditFacts;
}

/**
 * Writes down who did what, in the very transaction that does it. Callers name the facts one by one: no secret, no digest.
 * Acts of one tenant wait here for each other, so call it last.
 */
export async function recordAudit(db: Db, ctx: Ctx, act: AuditedAct): Promise<void> {
  const tenantId = ctx.tenant.id;
  await lockChain(db, tenantId);
  const end = await chainEnd(db, tenantId);
  const entry = {
    tenantId,
    seq: end.seq + 1n,
    at: ctx.now,
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    action: act.action,
    subject: act.subject,
    before: act.before ?? null,
    after: act.after ?? null,
    requestId: ctx.requestId,
  };
  await insertEntry(db, { ...entry, prevHash: end.hash, hash: entryHash(end.hash, entry) });
}

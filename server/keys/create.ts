import { randomBytes, randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { digestOf } from "@/server/crypto/tokens";
import { DomainError } from "@/server/errors";
import { insertKey } from "./queries";
import { CreateKeyInput } from "./schemas";
import { formatKey, keyEntropyBytes, keyHint } from "./token";

/**
 * Makes an API key. `key` is the only time that anybody sees it: we keep its digest.
 * @throws DomainError INVALID_INPUT when it would have expired already
 */
export async function createKey(ctx: Ctx, input: CreateKeyInput) {
  requireRight(ctx.actor, "keys:write");
  const { name, scopes, pins, expiresAt: expiry } = CreateKeyInput.parse(input);
  const expiresAt = expiry === null ? null : new Date(expiry);
  if (expiresAt && expiresAt <= ctx.now) {
    throw new DomainError("INVALID_INPUT", "The key would have expired already.", { field: "expiresAt" });
  }
  const { key, publicId } = formatKey(randomBytes(keyEntropyBytes));
  const id = randomUUID();
  const facts = { name, publicId, scopes, pins: { ...pins }, expiresAt: expiresAt?.toISOString() ?? null };
  await ctx.db.write(async (db) => {
    await insertKey(db, {
      tenantId: ctx.tenant.id,
      id,
      publicId,
      digest: digestOf(key),
      name,
      scopes,
      pins,
      createdBy: ctx.actor.kind === "person" ? ctx.actor.personId : null,
      createdAt: ctx.now,
      expiresAt,
    });
    await recordAudit(db, ctx, { action: "key.created", subject: id, after: facts });
  });
  return { key, id, hint: keyHint(publicId), createdAt: ctx.now.toISOString(), ...facts };
}

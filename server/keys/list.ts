import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listKeys } from "./queries";
import { keyHint } from "./token";

/** The tenant's keys, newest first, revoked ones included; never their secrets. */
export async function listTenantKeys(ctx: Ctx) {
  requireRight(ctx.actor, "keys:read");
  const keys = await ctx.db.read((db) => listKeys(db, ctx.tenant.id));
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    publicId: key.publicId,
    hint: keyHint(key.publicId),
    scopes: key.scopes,
    pins: key.pins,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }));
}

import { hasRight, requireRight, rights } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";

/** The tenant of the request and what the caller may do in it; a key has rights, but no role. */
export function currentTenant(ctx: Ctx) {
  requireRight(ctx.actor, "tenant:read");
  const { slug, name, timeZone, latencyBufferMinutes } = ctx.tenant;
  return {
    slug,
    name,
    timeZone,
    latencyBufferMinutes,
    role: ctx.actor.kind === "person" ? ctx.actor.role : null,
    rights: rights.filter((right) => hasRight(ctx.actor, right)),
  };
}

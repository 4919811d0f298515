import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { readPolicy } from "./queries";

/** How the tenant wants its calls attributed: what happens without a tag, which attribute is which, the rules in force. */
export async function showAttribution(ctx: Ctx) {
  requireRight(ctx.actor, "attribution:read");
  const { tagPolicy, attributeMap, pseudonymSalt, rules } = await ctx.db.read((db) =>
    readPolicy(db, ctx.tenant.id),
  );
  return { tagPolicy, attributeMap: { ...attributeMap }, pseudonymises: pseudonymSalt !== null, rules };
}

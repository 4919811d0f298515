import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listRuleVersions } from "./queries";
import { ListRulesInput } from "./schemas";

/** The rules, those in force first and in the order in which they are asked; or every version of one, the newest first. */
export async function listRules(ctx: Ctx, input: ListRulesInput) {
  requireRight(ctx.actor, "attribution:read");
  const { id } = ListRulesInput.parse(input);
  const versions = await ctx.db.read((db) => listRuleVersions(db, ctx.tenant.id, id ?? null));
  if (id === undefined)
    versions.sort((a, b) => Number(a.retired) - Number(b.retired) || a.position - b.position);
  return versions.map(({ knownFrom, ...rule }) => ({ ...rule, knownFrom: knownFrom.toISOString() }));
}

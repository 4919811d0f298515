import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { readPseudonyms } from "./queries";

/** Whether user ids are kept as sent, and whether pseudonyms of before can still be told. */
export async function showPrivacy(ctx: Ctx): Promise<{ pseudonymise: boolean; hasKey: boolean }> {
  requireRight(ctx.actor, "privacy:write");
  const { pseudonymise, salt } = await ctx.db.read((db) => readPseudonyms(db, ctx.tenant.id));
  return { pseudonymise, hasKey: salt !== null };
}

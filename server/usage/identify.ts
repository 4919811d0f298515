import { currentPolicy } from "@/server/attribution/tenant-policy";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { pseudonymise } from "@/server/privacy/pseudonym";
import { admitWord } from "./admit";
import { saveWords } from "./queries";
import { type IdentifyAnswer, IdentifyInput, type UsageRejection, type UserWord } from "./schemas";

/**
 * What an app says of its users: account, plan, revenue, sign-up. Words may come in any order and as often as they like.
 * @throws DomainError FORBIDDEN, UNAVAILABLE (nothing was stored: send again)
 */
export async function identifyUsers(ctx: Ctx, input: IdentifyInput): Promise<IdentifyAnswer> {
  requireRight(ctx.actor, "usage:write");
  const { users } = IdentifyInput.parse(input);
  const policy = await currentPolicy(ctx);
  const rejected: UsageRejection[] = [];
  const words: (UserWord & { at: string })[] = [];
  users.forEach((item, index) => {
    const admission = admitWord(item, index, ctx.now);
    if (!admission.ok) {
      rejected.push(admission.rejection);
      return;
    }
    const { userId, at = ctx.now.toISOString(), ...facts } = admission.item;
    words.push({ ...facts, at, userId: pseudonymise(policy, ctx.tenant.id, userId) });
  });
  if (words.length > 0) await ctx.db.ingest((db) => saveWords(db, ctx.tenant.id, words));
  return { accepted: words.length, rejected };
}

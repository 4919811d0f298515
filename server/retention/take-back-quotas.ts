import { requireRight } from "@/server/auth/permissions";
import { endBudget } from "@/server/budgets/end";
import { budgetHistory } from "@/server/budgets/history";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { inOneWrite } from "./in-one-write";
import { TakeBackQuotasInput } from "./schemas";

/**
 * Undoes applyQuotas: the budgets end, all of them or none. One that has ended stays so.
 * @throws DomainError NOT_FOUND, CONFLICT where somebody has changed one since
 */
export async function takeBackQuotas(ctx: Ctx, input: TakeBackQuotasInput) {
  requireRight(ctx.actor, "budgets:write");
  const { quotas } = TakeBackQuotasInput.parse(input);
  return inOneWrite(ctx, async (then) => {
    for (const { id, version } of quotas) {
      const [newest] = (await budgetHistory(then, { id })).versions;
      if (newest?.version !== version)
        throw new DomainError("CONFLICT", "A quota was changed since; change it on Budgets.");
      await endBudget(then, { id });
    }
    return { quotas: quotas.length };
  });
}

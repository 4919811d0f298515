import { requireRight } from "@/server/auth/permissions";
import { setBudget } from "@/server/budgets/set";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { inOneWrite } from "./in-one-write";
import { ApplyQuotasInput } from "./schemas";

/**
 * Gives each of these users a monthly budget, all of them or none. Taken back by takeBackQuotas with what this answers.
 * @throws DomainError CONFLICT where somebody has one already, which is theirs to change, and for one budget too many
 */
export async function applyQuotas(ctx: Ctx, input: ApplyQuotasInput) {
  requireRight(ctx.actor, "budgets:write");
  const { quotas, enforcement } = ApplyQuotasInput.parse(input);
  return inOneWrite(ctx, async (then) => {
    const applied: { userId: string; id: string; version: number; amountUsd: string }[] = [];
    for (const { userId, amountUsd } of quotas) {
      const subject = { kind: "user", key: userId } as const;
      const said = {
        subject,
        period: "month",
        amountUsd,
        enforcement,
        note: "From the throttle list",
      } as const;
      const { budget, before } = await setBudget(then, said);
      if (before)
        throw new DomainError("CONFLICT", `${userId} has a monthly budget already; change it on Budgets.`);
      applied.push({ userId, id: budget.id, version: budget.version, amountUsd: budget.amountUsd });
    }
    return { quotas: applied };
  });
}

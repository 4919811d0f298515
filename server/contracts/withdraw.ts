import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { changePrices } from "./change-prices";
import { insertContractWithdrawal, insertRuleWithdrawal, listTenantPrices } from "./queries";
import { WithdrawPriceInput } from "./schemas";

/**
 * Takes back contract rates or a discount that was a mistake: from now on they count for no call, of whatever time. What
 * was priced by them stays until it is priced anew.
 * @throws DomainError NOT_FOUND, the same for an absent one and another tenant's; CONFLICT when it is withdrawn already
 */
export async function withdrawPrice(ctx: Ctx, input: WithdrawPriceInput): Promise<void> {
  requireRight(ctx.actor, "prices:write");
  const { id, note } = WithdrawPriceInput.parse(input);
  await changePrices(ctx, async (db) => {
    const { contracts, rules } = await listTenantPrices(db, ctx.tenant.id);
    const contract = contracts.find((said) => said.id === id);
    const said = contract ?? rules.find((rule) => rule.id === id);
    if (!said) throw new DomainError("NOT_FOUND", "There are no such contract rates or discount.");
    if (said.withdrawnFrom) throw new DomainError("CONFLICT", "This has been withdrawn already.");
    const row = { id: randomUUID(), withdraws: id, knownFrom: ctx.now, setBy: actorId(ctx.actor), note };
    await (contract ? insertContractWithdrawal : insertRuleWithdrawal)(db, ctx.tenant.id, row);
    await recordAudit(db, ctx, {
      action: contract ? "contract.withdrawn" : "discount.withdrawn",
      subject: id,
      before: { provider: said.provider, model: said.model, note: said.note },
      after: { note },
    });
  });
}

import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { plainName } from "@/server/prices/match-model";
import { changePrices } from "./change-prices";
import { insertRule } from "./queries";
import { AddDiscountInput } from "./schemas";
import { validityOf } from "./validity";

/**
 * Says that the tenant pays list prices times a factor. Contract rates go before it, and of several the most specific one
 * counts alone.
 * @throws DomainError INVALID_INPUT when it is valid at no time
 */
export async function addDiscount(ctx: Ctx, input: AddDiscountInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "prices:write");
  const { provider, model, factor, note, ...bounds } = AddDiscountInput.parse(input);
  const validity = validityOf(bounds, ctx.tenant.timeZone);
  const rule = {
    id: randomUUID(),
    provider,
    model: provider !== null && model !== null ? plainName({ provider, model }).model : null,
    factor: new Usd(factor).toFixed(),
    ...validity,
    knownFrom: ctx.now,
    setBy: actorId(ctx.actor),
    note,
  };
  await changePrices(ctx, async (db) => {
    await insertRule(db, ctx.tenant.id, rule);
    await recordAudit(db, ctx, {
      action: "discount.added",
      subject: rule.id,
      after: {
        provider,
        model: rule.model,
        factor: rule.factor,
        validFrom: validity.validFrom?.toISOString() ?? null,
        validTo: validity.validTo?.toISOString() ?? null,
        note,
      },
    });
  });
  return { id: rule.id };
}

import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { plainName } from "@/server/prices/match-model";
import { changePrices } from "./change-prices";
import { insertContract } from "./queries";
import { AddContractRatesInput } from "./schemas";
import { validityOf } from "./validity";

/**
 * Says what a model costs by the tenant's contract. It counts from now on for calls of its time; what was priced before
 * changes only by repricing.
 * @throws DomainError INVALID_INPUT when it is valid at no time
 */
export async function addContractRates(ctx: Ctx, input: AddContractRatesInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "prices:write");
  const { provider, model, feature, region, rates, note, ...bounds } = AddContractRatesInput.parse(input);
  const validity = validityOf(bounds, ctx.tenant.timeZone);
  const contract = {
    id: randomUUID(),
    ...plainName({ provider, model }),
    feature,
    region,
    ...validity,
    knownFrom: ctx.now,
    setBy: actorId(ctx.actor),
    note,
    rates: rates.map((rate) => ({ ...rate, usd: new Usd(rate.usd).toFixed() })),
  };
  await changePrices(ctx, async (db) => {
    await insertContract(db, ctx.tenant.id, contract);
    await recordAudit(db, ctx, {
      action: "contract.added",
      subject: contract.id,
      after: {
        provider: contract.provider,
        model: contract.model,
        feature,
        region,
        validFrom: validity.validFrom?.toISOString() ?? null,
        validTo: validity.validTo?.toISOString() ?? null,
        rates: contract.rates.map((rate) => ({ ...rate })),
        note,
      },
    });
  });
  return { id: contract.id };
}

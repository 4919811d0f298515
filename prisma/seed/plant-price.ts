import { randomUUID } from "node:crypto";
import { bumpRevision } from "@/server/attribution/bump-revision";
import { recordAudit } from "@/server/audit/record";
import { actorId } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { insertContract, insertRule, listTenantPrices } from "@/server/contracts/queries";
import { instantDaysAgo } from "./rhythm";
import { stories } from "./stories";

/**
 * What the demo's tenant pays: dearer rates for its fine-tuned model until the day of the price change, and a discount
 * whose end is announced. Said when the demo's days begin, before the first call is priced.
 */
export async function plantPrices(ctx: Ctx, days: number): Promise<void> {
  const { priceChange, endingDiscount } = stories;
  const day = (daysAgo: number) => instantDaysAgo(ctx.now, ctx.tenant.timeZone, daysAgo);
  const said = { validFrom: day(days + 1), knownFrom: day(days + 1), setBy: actorId(ctx.actor) };
  await ctx.db.write(async (db) => {
    await bumpRevision(db, ctx.tenant.id, ctx.now);
    await insertContract(db, ctx.tenant.id, {
      id: randomUUID(),
      provider: priceChange.provider,
      model: priceChange.bookModel,
      feature: null,
      region: null,
      ...said,
      validTo: day(priceChange.daysAgo),
      rates: [...priceChange.earlierRates],
      note: priceChange.note,
    });
    await insertRule(db, ctx.tenant.id, {
      id: randomUUID(),
      provider: endingDiscount.provider,
      model: null,
      factor: endingDiscount.factor,
      ...said,
      validTo: day(-endingDiscount.endsInDays),
      note: endingDiscount.note,
    });
  });
}

/** Writes down what was planted, once the tenant is there to have a log. */
export async function auditPrices(ctx: Ctx): Promise<void> {
  await ctx.db.write(async (db) => {
    const { contracts, rules } = await listTenantPrices(db, ctx.tenant.id);
    for (const { id, provider, model, note } of contracts) {
      await recordAudit(db, ctx, { action: "contract.added", subject: id, after: { provider, model, note } });
    }
    for (const { id, provider, factor, note } of rules) {
      await recordAudit(db, ctx, {
        action: "discount.added",
        subject: id,
        after: { provider, factor, note },
      });
    }
  });
}

import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import { priceStored } from "@/server/contracts/price-stored";
import type { Db } from "@/server/db";
import { type CallKey, factsOfCalls, savePrices } from "./late-price-query";

/**
 * A contract may have a rate for one feature alone: calls whose tags came late are then priced by them, as they would
 * have been had the tags come in time. Everybody else's price does not depend on a tag, and nothing is read.
 */
export async function priceLateTags(
  db: Db,
  ctx: Ctx,
  changed: readonly (CallKey & { provider: string; model: string })[],
): Promise<void> {
  const book = await currentTenantBook(ctx);
  const asking = changed.filter(({ provider, model }) => book.asksForTags(provider, model));
  if (asking.length === 0) return;
  const facts = await factsOfCalls(db, ctx.tenant.id, asking);
  const priced = facts.flatMap((call) => {
    const price = priceStored(book, call);
    return price === null ? [] : [{ callId: call.callId, occurredAt: call.occurredAt, price }];
  });
  if (priced.length > 0) await savePrices(db, ctx.tenant.id, priced);
}

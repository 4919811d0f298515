import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import type { Finding, LookFacts } from "@/server/recommendations/schemas";
import { lookForBatches } from "./batch";
import { lookForCaching } from "./cache";
import { lookedAt } from "./looked";
import { lookForModels } from "./model";
import { lookForHeavierPrompts } from "./prompt";
import { lookForRetries } from "./retry";
import { totalOf } from "./work-query";

export interface Look {
  /** Local days, both included. */
  first: string;
  last: string;
  findings: Finding[];
  facts: LookFacts;
}

/**
 * What could be had for less, by the calls of the last 30 whole local days. Reads roll-ups to find where to look, and there
 * the ledger, at most 20,000 calls of each place.
 * @throws DomainError UNAVAILABLE while days are being built anew or prices cannot be read
 */
export async function lookForSavings(ctx: Ctx): Promise<Look> {
  requireRight(ctx.actor, "reports:read");
  const looked = await lookedAt(ctx, await currentTenantBook(ctx));
  // One after the other: a look is in no hurry, and the connections are everybody's.
  const looks = [
    await lookForBatches(ctx, looked),
    await lookForModels(ctx, looked),
    await lookForCaching(ctx, looked),
    await lookForHeavierPrompts(ctx, looked),
    await lookForRetries(ctx, looked),
  ];
  const counted = looks.map(({ kind, candidates, found }) => [kind, { candidates, found: found.length }]);
  return {
    ...looked.range.days,
    findings: looks.flatMap(({ found }) => found),
    facts: {
      ...(await ctx.db.read((db) => totalOf(db, looked))),
      looked: Object.fromEntries(counted) as LookFacts["looked"],
    },
  };
}

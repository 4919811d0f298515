import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { Usd } from "@/server/prices/decimal";
import { slotSums, statedSums, type Sums } from "./line-queries";
import { listStatementHeads } from "./queries";

/** What one has more than the other, measure by measure. */
export function difference(one: Sums, other: Sums): Sums {
  const names = Object.keys(one) as (keyof Sums)[];
  return Object.fromEntries(
    names.map((name) => [name, new Usd(one[name]).minus(other[name]).toFixed()]),
  ) as Sums;
}

export const isNothing = (sums: Sums): boolean => Object.values(sums).every((sum) => new Usd(sum).isZero());

/**
 * Closed months before `month` whose ledger is not what statements in force hold of it. Told by their totals: calls of a
 * closed month keep their tags, so nothing moves within it.
 */
export async function monthsWithLateCalls(
  db: Db,
  ctx: Ctx,
  month: string,
  closed: readonly ClosedMonth[],
): Promise<{ earlier: ClosedMonth; late: Sums }[]> {
  const { id: tenantId } = ctx.tenant;
  const heads = await listStatementHeads(db, tenantId);
  const stated = new Set(heads.filter(({ reopenedAt }) => reopenedAt === null).map((head) => head.month));
  const found: { earlier: ClosedMonth; late: Sums }[] = [];
  // Of a month that an earlier release closed, nobody knows what was stated.
  for (const earlier of closed.filter((other) => other.month < month && stated.has(other.month))) {
    const [now, then] = [
      await slotSums(db, tenantId, earlier),
      await statedSums(db, tenantId, earlier.month),
    ];
    const late = difference(now, then);
    if (!isNothing(late)) found.push({ earlier, late });
  }
  return found;
}

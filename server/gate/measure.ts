import { readFreshness } from "@/server/analytics/freshness";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { Usd } from "@/server/prices/decimal";
import { ledgerSums } from "./ledger-query";
import { keyOf, settledSince, type StoredAccount } from "./queries";

/** What the ledger says is asked anew after this long. */
const goodForMs = 30_000;
/** A settled call counts beside the ledger's sum for this long: by then the ledger should have it. */
const graceMs = 5 * 60_000;

export function isStale({ measuredAt }: StoredAccount, now: Date): boolean {
  return measuredAt === null || now.getTime() - measuredAt.getTime() >= goodForMs;
}

/**
 * What was spent on each of these accounts: the ledger's sum and what was settled lately, which the ledger may not have
 * yet; or all that was ever settled, if that is more. So where every call passes the gate none is ever missing, and for
 * some minutes one may count twice. Where others bypass it, they count once the ledger has them, and a settled call whose
 * event is later than the grace is missing until it comes.
 */
export async function measured(
  db: Db,
  ctx: Ctx,
  accounts: readonly StoredAccount[],
): Promise<StoredAccount[]> {
  const stale = accounts.filter((account) => isStale(account, ctx.now));
  if (stale.length === 0) return [];
  const { built, watermark } = await readFreshness(db, ctx);
  const since = Math.min(ctx.now.getTime(), Date.parse(watermark.rolledThrough)) - graceMs;
  const settled = await settledSince(db, ctx.tenant.id, new Date(since));
  const sums = new Map<string, Map<string, Usd>>();
  const placeOf = ({ subject, periodStart }: StoredAccount) => `${subject.kind} ${periodStart.toISOString()}`;
  for (const first of stale) {
    const place = placeOf(first);
    if (sums.has(place)) continue;
    const keys = stale.filter((one) => placeOf(one) === place).map(({ subject }) => subject.key);
    sums.set(place, await ledgerSums(db, ctx, built, first.subject.kind, first.periodStart, keys));
  }
  return stale.map((account) => {
    const ledger = sums.get(placeOf(account))?.get(account.subject.key) ?? new Usd(0);
    const lately = ledger.plus(settled.get(keyOf(account)) ?? 0);
    return { ...account, spentUsd: Usd.max(lately, account.settledUsd, 0), measuredAt: ctx.now };
  });
}

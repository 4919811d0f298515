import type { Db } from "@/server/db";
import { logger } from "@/server/log";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { Usd } from "@/server/prices/decimal";
import { slotSums, type StatementKey, type Sums } from "./line-queries";
import { mostCallsByPrice } from "./schemas";
import { countAstray, insertLateByPrice, insertUsageByPrice, isStatedByPrice } from "./usage-queries";

/**
 * Keeps beside a statement what its lines are made of by day and by price, in the transaction that closes the month. Where
 * that cannot be had (too many calls; a call that came in this very moment; what was stated before is not there by price), the
 * month is closed without, and lines stand for themselves.
 */
export async function freezeByPrice(
  db: Db,
  key: StatementKey,
  span: ClosedMonth,
  late: readonly { earlier: ClosedMonth; late: Sums }[],
): Promise<void> {
  await orNotAtAll(db, key, span, () => insertUsageByPrice(db, key, span));
  for (const { earlier } of late) {
    if (await isStatedByPrice(db, key, earlier.month))
      await orNotAtAll(db, key, earlier, () => insertLateByPrice(db, key, earlier));
  }
}

async function orNotAtAll(
  db: Db,
  key: StatementKey,
  span: ClosedMonth,
  insert: () => Promise<void>,
): Promise<void> {
  if (new Usd((await slotSums(db, key.tenantId, span)).calls).gt(mostCallsByPrice)) return;
  await db.$executeRaw`SAVEPOINT by_price`;
  await insert();
  const astray = await countAstray(db, key);
  if (astray === 0) {
    await db.$executeRaw`RELEASE SAVEPOINT by_price`;
    return;
  }
  await db.$executeRaw`ROLLBACK TO SAVEPOINT by_price`;
  logger.error({ ...key, of: span.month, astray }, "rows by price do not sum to the statement's lines");
}

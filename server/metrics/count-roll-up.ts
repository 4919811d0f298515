import type { Db } from "@/server/db";
import {
  addChange,
  foldCorrections,
  isCounted,
  type SlotRange,
  slotSumsJson,
  startCounting,
} from "./count-query";

/**
 * Counts a tenant's whole ledger, as far as it is rolled up, unless it is counted already, and takes over corrections that
 * are final. In the roll-up's own transaction and under its lock, before it replaces anything.
 */
export async function beginCounting(db: Db, tenantId: string, now: Date): Promise<void> {
  if (!(await isCounted(db, tenantId))) {
    await startCounting(db, tenantId, now);
    await addChange(db, tenantId, "all", "[]");
  }
  await foldCorrections(db, tenantId);
}

/**
 * Replaces the slots of these ranges, and counts what that has changed: a rise is counted, a fall is not, and both are noted as what the ledger
 * now says. In the roll-up's own transaction and under its lock.
 */
export async function countReplaced(
  db: Db,
  tenantId: string,
  ranges: readonly SlotRange[],
  replace: () => Promise<void>,
): Promise<void> {
  if (ranges.length === 0) return;
  const before = await slotSumsJson(db, tenantId, ranges);
  await replace();
  await addChange(db, tenantId, ranges, before);
}

import type { Db } from "@/server/db";

/** The quarter hour of the first call ever; null: there is none. */
export async function firstCall(db: Db, tenantId: string): Promise<Date | null> {
  const found = await db.rollupSlot.findFirst({
    where: { tenantId },
    orderBy: { slot: "asc" },
    select: { slot: true },
  });
  return found?.slot ?? null;
}

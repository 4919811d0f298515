import type { Db } from "@/server/db";

/** The quarter hour of the first call ever; null: there is none. */
export async function firstCall(db: Db, tenantId: string): Promise<Date | null> {
  const rows = await db.$queryRaw<{ slot: Date | null }[]>`
    SELECT min(slot) AS slot FROM rollup_slot WHERE tenant_id = ${tenantId}::uuid`;
  return rows[0]?.slot ?? null;
}

import type { Db } from "@/server/db";

/** Waits for a roll-up that is under way, and keeps others from beginning until the transaction ends. */
export async function lockRollUps(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollup ' || ${tenantId}, 0))`;
}

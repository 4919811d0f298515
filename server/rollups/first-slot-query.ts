import { z } from "zod";
import type { Db } from "@/server/db";
import { everything } from "./shape";

/** The first quarter hour with calls; null: there was none. */
export async function firstSlot(db: Db, tenantId: string): Promise<Date | null> {
  const rows = await db.$queryRaw`
    SELECT min(slot) AS slot FROM rollup_slot_by WHERE tenant_id = ${tenantId}::uuid AND dimension = ${everything}`;
  return z.tuple([z.object({ slot: z.date().nullable() })]).parse(rows)[0].slot;
}

import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";

/** Whether somebody is being forgotten: the ledger may name them by both names meanwhile. */
export async function isErasing(db: Db, ctx: Ctx): Promise<boolean> {
  const row = await db.erasure.findFirst({
    where: { tenantId: ctx.tenant.id, state: "running" },
    select: { id: true },
  });
  return row !== null;
}

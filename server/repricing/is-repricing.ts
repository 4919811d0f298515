import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { hasRunning } from "./queries";

/** Whether calls of the tenant are being priced anew, as seen by a transaction that holds its books. */
export function isRepricing(db: Db, ctx: Ctx): Promise<boolean> {
  return hasRunning(db, ctx.tenant.id);
}

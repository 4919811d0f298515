import type { Db } from "@/server/db";
import { raiseRevision } from "./queries";

/** To be called in the transaction that changes a policy, a rule or a price of the tenant; then `forgetPolicy`. */
export function bumpRevision(db: Db, tenantId: string, now: Date): Promise<void> {
  return raiseRevision(db, tenantId, now);
}

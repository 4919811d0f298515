import type { Db } from "@/server/db";
import { findStatement } from "./queries";
import type { StatementHead } from "./schemas";

/** A month's statement that counts, for whoever compares with it; null: there is none. */
export function statementInForce(db: Db, tenantId: string, month: string): Promise<StatementHead | null> {
  return findStatement(db, tenantId, month, undefined);
}

import { budgetsInForce } from "@/server/budgets/queries";
import type { Budget } from "@/server/budgets/schemas";
import type { Db } from "@/server/db";

/** What subjects may cost, at an instant. */
export function budgetsAt(db: Db, tenantId: string, at: Date): Promise<Budget[]> {
  return budgetsInForce(db, tenantId, at);
}

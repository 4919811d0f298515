import type { Db } from "@/server/db";

export interface BillingConnectionFacts {
  id: string;
  state: string;
  mode: string;
  failure: string | null;
  comparedAt: Date | null;
}

/** How the billing provider is connected; null: it is not. */
export function billingConnection(db: Db, tenantId: string): Promise<BillingConnectionFacts | null> {
  return db.billingConnection.findFirst({
    where: { tenantId, state: { not: "disconnected" } },
    select: { id: true, state: true, mode: true, failure: true, comparedAt: true },
  });
}

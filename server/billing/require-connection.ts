import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { currentConnection, type SealedConnection } from "./queries";

/** @throws DomainError CONFLICT when nothing is connected */
export async function requireConnection(db: Db, tenantId: string): Promise<SealedConnection> {
  const connection = await currentConnection(db, tenantId);
  if (connection) return connection;
  throw new DomainError("CONFLICT", "Stripe is not connected.");
}

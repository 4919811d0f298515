import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { findStatement } from "./queries";
import type { StatementHead, StatementInput } from "./schemas";

/** @throws DomainError NOT_FOUND */
export async function getStatement(
  db: Db,
  tenantId: string,
  { month, revision }: StatementInput,
): Promise<StatementHead> {
  const head = await findStatement(db, tenantId, month, revision);
  if (head) return head;
  const which =
    revision === undefined ? "no statement in force" : `no revision ${String(revision)} of a statement`;
  throw new DomainError("NOT_FOUND", `There is ${which} of this month.`);
}

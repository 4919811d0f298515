import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { holdBooks } from "@/server/periods/hold-books";
import { contentHash } from "./content-hash";
import { renameAccounts } from "./line-queries";
import { findStatement, saveHash } from "./queries";
import { renameInUsage } from "./usage-queries";

/**
 * Gives somebody who is forgotten another name in every statement, as the jobs' role: amounts stay, the hash is made anew,
 * and the statement says since when. No month is closed meanwhile, or it would keep the name.
 */
export async function renameInStatements(
  db: Db,
  ctx: Ctx,
  { ids, alias }: { ids: readonly string[]; alias: string },
): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  await holdBooks(db, ctx);
  await renameInUsage(db, tenantId, ids, alias);
  for (const { month, revision } of await renameAccounts(db, tenantId, ids, alias)) {
    const head = await findStatement(db, tenantId, month, revision);
    if (!head) throw new Error("A line belongs to no statement");
    await saveHash(db, { tenantId, month, revision }, await contentHash(db, tenantId, head), ctx.now);
  }
}

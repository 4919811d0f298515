import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { lastReopened } from "@/server/statements/reopened-query";
import { listClosed, lockBooks } from "./queries";

/**
 * Keeps months from being closed until this transaction ends, so that a change of past calls may be let begin.
 * @returns when a month was closed or opened again last, null if none was
 */
export async function holdBooks(db: Db, ctx: Ctx): Promise<Date | null> {
  await lockBooks(db, ctx.tenant.id);
  const closings = (await listClosed(db, ctx.tenant.id)).map(({ closedAt }) => closedAt);
  const changes = [...closings, (await lastReopened(db, ctx.tenant.id)) ?? []].flat().map(Number);
  return changes.length > 0 ? new Date(Math.max(...changes)) : null;
}

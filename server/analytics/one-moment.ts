import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";

/**
 * Several questions in one read transaction, so that their answers are of one moment and their figures fit together.
 * @param ask gets a context whose reads are all of that transaction, and the transaction
 */
export function atOneMoment<T>(ctx: Ctx, ask: (then: Ctx, db: Db) => Promise<T>): Promise<T> {
  return ctx.db.read((db) => ask({ ...ctx, db: { ...ctx.db, read: (fn) => fn(db) } }, db));
}

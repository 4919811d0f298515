import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";

const moments = new WeakSet<Db>();

/** Whether this is a transaction of atOneMoment: whatever is looked at twice is the same. */
export const isOneMoment = (db: Db): boolean => moments.has(db);

/**
 * Several questions in one read transaction, so that their answers are of one moment and their figures fit together.
 * @param ask gets a context whose reads are all of that transaction, and the transaction
 */
export function atOneMoment<T>(ctx: Ctx, ask: (then: Ctx, db: Db) => Promise<T>): Promise<T> {
  return ctx.db.read((db) => {
    moments.add(db);
    return ask({ ...ctx, db: { ...ctx.db, read: (fn) => fn(db) } }, db);
  });
}

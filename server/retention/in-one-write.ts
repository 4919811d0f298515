import type { Ctx } from "@/server/context";

/** Several verbs in one transaction, so that all of it is done or nothing. */
export function inOneWrite<T>(ctx: Ctx, act: (then: Ctx) => Promise<T>): Promise<T> {
  return ctx.db.write((db) =>
    act({ ...ctx, db: { ...ctx.db, read: (fn) => fn(db), write: (fn) => fn(db) } }),
  );
}

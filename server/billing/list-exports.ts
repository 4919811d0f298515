import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { pageOfExports } from "./export-queries";
import { currentConnection } from "./queries";
import { ListExportsInput } from "./schemas";

/** Hours of usage as they left or wait, newest first, with the reason where there is one. Amounts are decimal strings. */
export async function listExports(ctx: Ctx, input: ListExportsInput) {
  requireRight(ctx.actor, "billing:read");
  const { meterId, accountId, state, cursor, limit } = ListExportsInput.parse(input);
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, ctx.tenant.id);
    if (!connection) return { rows: [], next: null };
    const found = await pageOfExports(db, ctx.tenant.id, {
      connectionId: connection.id,
      ...(meterId !== undefined && { meterId }),
      ...(accountId !== undefined && { accountId }),
      ...(state !== undefined && { state }),
      cursor: cursor ? { windowStart: new Date(cursor.windowStart), id: cursor.id } : null,
      limit,
    });
    const last = found.length === limit ? found.at(-1) : undefined;
    return {
      rows: found.map(({ value, total, ...row }) => ({
        ...row,
        value: value.toString(),
        total: total.toString(),
      })),
      next: last ? { windowStart: last.windowStart.toISOString(), id: last.id } : null,
    };
  });
}

import { requireRight } from "@/server/auth/permissions";
import { monthAfter } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { pageOfDifferences } from "./difference-page-query";
import { currentConnection } from "./queries";
import { cursorOf, parseCursor } from "./window-cursor";
import { ListDifferencesInput } from "./window-schemas";

/** The days of UTC that Stripe's month has. */
export const daysOf = (month: string | undefined) =>
  month === undefined ? undefined : { from: `${month}-01`, to: `${monthAfter(month)}-01` };

/**
 * Where ledger, outbox and Stripe differ now, newest day first, with the reasons. Amounts are decimal strings.
 * @throws DomainError INVALID_INPUT for a cursor that is not ours
 */
export async function listDifferences(ctx: Ctx, input: ListDifferencesInput = {}) {
  requireRight(ctx.actor, "billing:read");
  const { month, cursor, limit, ...scope } = ListDifferencesInput.parse(input);
  const after = cursor === undefined ? null : parseCursor(cursor);
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, ctx.tenant.id);
    if (!connection) return { comparedAt: null, rows: [], nextCursor: null };
    const rows = await pageOfDifferences(
      db,
      ctx.tenant.id,
      { ...scope, connectionId: connection.id, days: daysOf(month) },
      { after, limit },
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const nextCursor = last ? cursorOf({ at: new Date(`${last.day}T00:00:00Z`), id: last.id }) : null;
    return { comparedAt: connection.comparedAt, rows, nextCursor };
  });
}

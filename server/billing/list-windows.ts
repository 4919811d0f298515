import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { spanOf } from "@/server/periods/closed-month";
import { currentConnection } from "./queries";
import { cursorOf, parseCursor } from "./window-cursor";
import { ListWindowsInput } from "./window-schemas";
import { windowState } from "./window-state";
import { pageOfWindows } from "./windows-query";

/**
 * Hours of accounts by meter as they left or wait, newest first: what the ledger holds, how much of it Stripe took, how far
 * the hour is and why. Amounts are decimal strings.
 * @throws DomainError INVALID_INPUT for a cursor that is not ours
 */
export async function listWindows(ctx: Ctx, input: ListWindowsInput) {
  requireRight(ctx.actor, "billing:read");
  const { month, cursor, limit, ...scope } = ListWindowsInput.parse(input);
  const after = cursor === undefined ? null : parseCursor(cursor);
  const during = month === undefined ? undefined : spanOf(month, ctx.tenant.timeZone);
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, ctx.tenant.id);
    if (!connection) return { rows: [], nextCursor: null };
    const found = await pageOfWindows(
      db,
      ctx.tenant.id,
      { ...scope, connectionId: connection.id, during },
      { after, limit },
    );
    const last = found.length === limit ? found.at(-1) : undefined;
    return {
      rows: found.map(({ states, ...row }) => ({ ...row, state: windowState(states) })),
      nextCursor: last ? cursorOf({ at: last.windowStart, id: last.id }) : null,
    };
  });
}

import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { CallRow } from "./call-row";
import { cursorOf, parseCursor } from "./cursor";
import { listCallRows } from "./queries";
import { ListCallsInput } from "./schemas";
import type { z } from "zod";

/** How far back a list looks unless it is told: the ledger may be years long, a list is for looking at. */
const defaultDays = 35;

export interface CallPage {
  calls: CallRow[];
  nextCursor: string | null;
  from: string;
  to: string;
}

/** Without bounds: up to what may arrive ahead of its time, and no further back than a list is for. */
export function resolveCallBounds(
  bounds: Pick<z.output<typeof ListCallsInput>, "from" | "to">,
  now: Date,
): { from: Date; to: Date } {
  const to = bounds.to === undefined ? new Date(now.getTime() + 5 * 60_000) : new Date(bounds.to);
  const from =
    bounds.from === undefined ? new Date(to.getTime() - defaultDays * 86_400_000) : new Date(bounds.from);
  return { from, to };
}

export async function listCalls(ctx: Ctx, input: z.input<typeof ListCallsInput>): Promise<CallPage> {
  requireRight(ctx.actor, "calls:read");
  const { order, filter, cursor, limit, ...bounds } = ListCallsInput.parse(input);
  const { from, to } = resolveCallBounds(bounds, ctx.now);
  const after = cursor === undefined ? null : parseCursor(cursor);
  const rows = await ctx.db.read((db) =>
    listCallRows(db, { tenantId: ctx.tenant.id, order, from, to, filter, after, limit }),
  );
  const calls = rows.slice(0, limit);
  const last = calls.at(-1);
  return {
    calls,
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
    from: from.toISOString(),
    to: to.toISOString(),
  };
}

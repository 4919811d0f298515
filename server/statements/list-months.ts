import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import { monthsFromTo } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { listClosings } from "@/server/periods/closing-queries";
import { closedPeriods } from "@/server/periods/closed-months";
import type { Blocker, Month } from "@/server/periods/schemas";
import { firstSlot } from "@/server/rollups/first-slot-query";
import { listStatementHeads } from "./queries";
import type { StatementHead } from "./schemas";

export interface StatementMonth {
  month: Month;
  /** running: it is not over, and cannot be closed yet. */
  state: "running" | "open" | "closing" | "closed";
  closing: { requestedAt: string; requestedBy: string; checkedAt: string; waitsFor: Blocker[] } | null;
  /** When and in which zone it was closed, and why, if its exports differed. */
  closed: { at: string; by: string; timeZone: string; despite: string | null } | null;
  /** The one in force. Null: it is open, or was closed by a release that took no statements. */
  statement: StatementHead | null;
  /** Statements of it that were opened again. */
  earlierRevisions: number;
  /** The last closed month is the only one that can be opened again. */
  isLastClosed: boolean;
}

/** Every month since the first call, the newest first, and how far each is on its way to a statement. */
export async function listStatementMonths(ctx: Ctx): Promise<StatementMonth[]> {
  requireRight(ctx.actor, "reports:read");
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const periods = await closedPeriods(db, ctx);
    const closings = await listClosings(db, tenantId);
    const heads = await listStatementHeads(db, tenantId);
    const first = await firstSlot(db, tenantId);
    const running = localDay(ctx.now, timeZone).slice(0, 7);
    const known = [...periods, ...closings, ...heads].map(({ month }) => month);
    const firstMonth = first ? localDay(first, timeZone).slice(0, 7) : running;
    const earliest = [firstMonth, ...known].sort()[0] ?? running;
    const lastClosed = periods[0]?.month ?? null;
    return monthsFromTo(earliest, running)
      .reverse()
      .map((month): StatementMonth => {
        const period = periods.find((other) => other.month === month);
        const closing = closings.find((other) => other.month === month && !other.closedAt);
        const ofMonth = heads.filter((head) => head.month === month);
        const open = month === running ? "running" : closing ? "closing" : "open";
        return {
          month,
          state: period ? "closed" : open,
          closing:
            closing && !period
              ? {
                  requestedAt: closing.requestedAt.toISOString(),
                  requestedBy: closing.requestedBy,
                  checkedAt: closing.checkedAt.toISOString(),
                  waitsFor: closing.waitsFor,
                }
              : null,
          closed: period
            ? {
                at: period.closedAt.toISOString(),
                by: period.closedBy,
                timeZone: period.timeZone,
                despite: period.despite,
              }
            : null,
          statement: (period && ofMonth.find(({ reopenedAt }) => reopenedAt === null)) ?? null,
          earlierRevisions: ofMonth.filter(({ reopenedAt }) => reopenedAt !== null).length,
          isLastClosed: month === lastClosed,
        };
      });
  });
}

import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { lockRollUps } from "@/server/rollups/lock-query";
import { freezeMonth } from "@/server/statements/freeze";
import type { StatementHead } from "@/server/statements/schemas";
import { spanToClose } from "./closed-month";
import { closedMonths } from "./closed-months";
import { closingChecks } from "./closing-checks";
import { insertPeriod } from "./queries";
import type { Blocker, Month } from "./schemas";

export type Tried = { statement: StatementHead } | { waitsFor: Blocker[] };

/**
 * Closes a month that is open, unless something keeps it from being closed: its figures are frozen and it is noted as
 * closed, all in the caller's transaction, which holds the books.
 * @param askedBy who wants it closed
 * @throws DomainError INTERNAL where the figures contradict each other: nothing is closed then
 */
export async function tryClosing(db: Db, ctx: Ctx, month: Month, askedBy: string): Promise<Tried> {
  const { id: tenantId } = ctx.tenant;
  // What is frozen must be of one moment, and so must what it is checked against.
  await lockRollUps(db, tenantId);
  const closed = await closedMonths(db, ctx);
  const span = spanToClose(month, ctx.tenant.timeZone, closed);
  const waitsFor: Blocker[] = [];
  for (const check of closingChecks) waitsFor.push(...(await check(db, ctx, span)));
  if (waitsFor.length > 0) return { waitsFor };

  const statement = await freezeMonth(db, ctx, span, closed, askedBy);
  const { timeZone, from, to } = span;
  const period = { month, timeZone, from, to, closedAt: ctx.now, closedBy: askedBy };
  if (!(await insertPeriod(db, tenantId, period)))
    throw new Error("A month was closed while its books were held");
  const { revision, amountUsd, contentHash } = statement;
  const after = { timeZone, revision, amountUsd, contentHash };
  await recordAudit(db, ctx, { action: "period.closed", subject: month, after });
  return { statement };
}

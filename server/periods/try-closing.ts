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
 * @param despite why it is closed although its exports differ; null: it waits for them
 * @throws DomainError INTERNAL where the figures contradict each other: nothing is closed then
 */
export async function tryClosing(
  db: Db,
  ctx: Ctx,
  month: Month,
  { askedBy, despite }: { askedBy: string; despite: string | null },
): Promise<Tried> {
  const { id: tenantId } = ctx.tenant;
  // What is frozen must be of one moment, and so must what it is checked against.
  await lockRollUps(db, tenantId);
  const closed = await closedMonths(db, ctx);
  const span = spanToClose(month, ctx.tenant.timeZone, closed);
  const waitsFor: Blocker[] = [];
  for (const check of closingChecks) waitsFor.push(...(await check(db, ctx, span)));
  const passedOver = despite === null ? [] : waitsFor.filter(({ code }) => code === "exports");
  if (waitsFor.length > passedOver.length) return { waitsFor };

  const statement = await freezeMonth(db, ctx, span, closed, askedBy);
  const { timeZone, from, to } = span;
  // Only where something was passed over is there a reason to be kept.
  const why = passedOver.length > 0 ? despite : null;
  const period = { month, timeZone, from, to, closedAt: ctx.now, closedBy: askedBy, despite: why };
  if (!(await insertPeriod(db, tenantId, period)))
    throw new Error("A month was closed while its books were held");
  const { revision, amountUsd, contentHash } = statement;
  const passed = passedOver.map(({ sentence }) => sentence).join(" ");
  const after = { timeZone, revision, amountUsd, contentHash, ...(why !== null && { despite: why, passed }) };
  await recordAudit(db, ctx, { action: "period.closed", subject: month, after });
  return { statement };
}

import { z } from "zod";
import { markPeople } from "@/server/activity/marks-query";
import { refreshActivity } from "@/server/activity/refresh";
import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { unseal } from "@/server/crypto/seal";
import type { Db } from "@/server/db";
import { isDomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { rollUp } from "@/server/rollups/roll-up";
import { renameInBilling } from "@/server/billing/rename";
import { renameInInvoices } from "@/server/invoices/rename";
import { renameInStatements } from "@/server/statements/rename";
import {
  activityWaits,
  eraseElsewhere,
  eraseNext,
  eraseProjections,
  noteLedgerErased,
  rollUpsWait,
  type Subject,
  type WalkedTable,
} from "./erase-query";
import { sealPurpose } from "./erase-user";
import { endErasure, type Erasure, lockOpenErasure, noteFailure, saveStep } from "./queries";

const rowsAtOnce = 20_000;
/** One after the other; then the smaller tables, then the roll-ups. */
const walked: readonly WalkedTable[] = [
  "call",
  "usage_event",
  "call_history",
  "rollup_user_day",
  "rollup_run_day",
];

export interface AdvanceOptions {
  limit?: number;
}

/**
 * Takes the tenant's oldest open erasure one step further, each step one transaction. Killed anywhere, it goes on from
 * there; it never gives up, since somebody has a right to it.
 * @returns whether there is more to do
 * @throws DomainError UNAVAILABLE: try again
 */
export async function advanceErasure(
  ctx: Ctx,
  { limit = rowsAtOnce }: AdvanceOptions = {},
): Promise<{ more: boolean }> {
  requireRight(ctx.actor, "privacy:write");
  const { id: tenantId } = ctx.tenant;
  const open: { id?: string } = {};
  try {
    const reached = await ctx.db.rollup(async (db) => {
      const erasure = await lockOpenErasure(db, tenantId);
      if (!erasure) return "nothing" as const;
      open.id = erasure.id;
      return step(db, ctx, erasure, limit);
    });
    if (reached === "roll-ups" || reached === "activity") await rollUp(ctx);
    if (reached === "activity") await refreshActivity(ctx);
    if (reached === "end" && open.id !== undefined) await finish(ctx, open.id);
    return { more: reached !== "nothing" };
  } catch (error) {
    const { id } = open;
    if (isDomainError(error) || id === undefined) throw error;
    // Only its name: what the database says of a failure may hold the id.
    logger.error(
      { erasureId: id, name: error instanceof Error ? error.name : "unknown" },
      "an erasure stalled",
    );
    const failure = "Something went wrong on our side; it is tried again every few minutes.";
    await ctx.db.rollup((db) => noteFailure(db, tenantId, id, failure));
    return { more: false };
  }
}

type Reached = "ledger" | "roll-ups" | "activity" | "end";

function subjectOf(ctx: Ctx, { id, subject, alias }: Erasure): Subject {
  if (!subject) throw new Error("An open erasure has no subject");
  const text = unseal(sealPurpose, ctx.tenant.id, subject).toString("utf8");
  const ids = z.array(z.string()).parse(JSON.parse(text));
  return { tenantId: ctx.tenant.id, erasureId: id, ids, alias };
}

async function step(db: Db, ctx: Ctx, erasure: Erasure, limit: number): Promise<Reached> {
  const subject = subjectOf(ctx, erasure);
  const key = { tenantId: ctx.tenant.id, id: erasure.id };
  const { phase } = erasure;
  const table = walked[phase];
  if (table) {
    const erased = await eraseNext(db, subject, table, limit);
    const calls = table === "call" ? (erased ?? 0) : 0;
    const events = table === "usage_event" ? (erased ?? 0) : 0;
    await saveStep(db, key, { calls, events, phase: erased === null ? phase + 1 : phase }, ctx.now);
    return "ledger";
  }
  if (phase === walked.length) {
    await eraseElsewhere(db, subject);
    await renameInStatements(db, ctx, subject);
    await renameInInvoices(db, ctx, subject);
    await renameInBilling(db, ctx, subject);
    await eraseProjections(db, subject);
    await markPeople(db, subject.tenantId, subject.ids);
    await saveStep(db, key, { calls: 0, events: 0, phase: phase + 1 }, ctx.now);
    await noteLedgerErased(db, subject);
    return "ledger";
  }
  if (await rollUpsWait(db, subject)) return "roll-ups";
  return (await activityWaits(db, subject)) ? "activity" : "end";
}

/** In a transaction of its own, for the jobs' role writes no audit log. */
async function finish(ctx: Ctx, id: string): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  await ctx.db.write(async (db) => {
    const erasure = await lockOpenErasure(db, tenantId);
    if (erasure?.id !== id) return;
    await endErasure(db, tenantId, id, ctx.now);
    const { alias, calls, events } = erasure;
    await recordAudit(db, ctx, { action: "user.erased", subject: id, after: { alias, calls, events } });
  });
}

import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { loadFreshBook } from "./book-of-run";
import type { Position } from "./chunk-query";
import { hasRunning, insertRun, unpricedSpan } from "./queries";
import { holdForChange } from "./refuse-outdated";
import { planNext } from "./run-chunk";
import type { RepricingScope } from "./schemas";

/** Chunks that one look takes: a hundred thousand calls that nobody has a price for. */
const chunksAtOnce = 20;

export type BacklogPosition = Position;

export interface BacklogLook {
  /** The run that was begun; null when nothing has a price now that had none. */
  runId: string | null;
  /** Where to look further; null at the end. */
  after: BacklogPosition | null;
  /** Another repricing is running: come back later. */
  isBusy: boolean;
}

/**
 * Looks for calls without a price that have one by now, and begins a repricing of such calls when there are any. It needs
 * nobody's approval: their cost was unknown, so nothing that is known changes. Closed months get corrections, as ever.
 * @throws DomainError CONFLICT when another repricing began meanwhile
 */
export async function priceBacklog(ctx: Ctx, after: BacklogPosition | null): Promise<BacklogLook> {
  requireRight(ctx.actor, "prices:write");
  const { id: tenantId } = ctx.tenant;
  if (await ctx.db.rollup((db) => hasRunning(db, tenantId))) return { runId: null, after, isBusy: true };
  const book = await loadFreshBook(ctx);
  const found = await ctx.db.rollup(async (db) => {
    const span = await unpricedSpan(db, tenantId);
    if (!span) return { scope: null, after: null };
    const scope: RepricingScope = {
      from: span.first.toISOString(),
      // Exclusive, and a Date has lost the microseconds.
      to: new Date(span.last.getTime() + 1).toISOString(),
      onlyUnpriced: true,
    };
    let position = after;
    for (let chunk = 0; chunk < chunksAtOnce; chunk += 1) {
      const plan = await planNext(db, ctx, book, { tenantId, scope, receivedBy: ctx.now }, position, false);
      if (plan.changed > 0) return { scope, after: null };
      if (!plan.position) return { scope: null, after: null };
      position = plan.position;
    }
    return { scope: null, after: position };
  });
  if (!found.scope) return { runId: null, after: found.after, isBusy: false };
  return { runId: await begin(ctx, found.scope), after: null, isBusy: false };
}

async function begin(ctx: Ctx, scope: RepricingScope): Promise<string> {
  const id = randomUUID();
  const job = actorId(ctx.actor);
  const reason = "Calls without a price have one now.";
  const run = { tenantId: ctx.tenant.id, id, reason, scope, knownAt: ctx.now, at: ctx.now };
  await ctx.db.write(async (db) => {
    await holdForChange(db, ctx);
    await insertRun(db, { ...run, requestedBy: job, approvedBy: job });
    await recordAudit(db, ctx, { action: "repricing.started", subject: id, after: { reason, scope } });
  });
  return id;
}

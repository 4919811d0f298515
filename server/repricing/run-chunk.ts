import type { Ctx } from "@/server/context";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Db } from "@/server/db";
import { closedMonths } from "@/server/periods/closed-months";
import { bookCorrections, updateCalls } from "./change-query";
import { type Position, readChunk, readCorrected, readShares, type ScopedCalls } from "./chunk-query";
import { type ChunkPlan, planChunk } from "./plan-chunk";
import { priceBy } from "./price-by";
import { priceShares } from "./price-shares";
import { addDeltas, advance, type RepricingRun } from "./queries";

/** Calls of one transaction: about half a second. */
export const callsAtOnce = 5_000;

export interface ReadPlan extends ChunkPlan {
  seen: number;
  /** The last call that was seen; null when none is left. */
  position: Position | null;
}

/** Reads the next calls after a position and decides what becomes of them. */
export async function planNext(
  db: Db,
  ctx: Ctx,
  book: TenantBook,
  calls: ScopedCalls,
  after: Position | null,
  lock: boolean,
): Promise<ReadPlan> {
  const { tenantId, scope } = calls;
  const rows = await readChunk(db, calls, after, callsAtOnce, lock);
  const [first, last] = [rows[0], rows.at(-1)];
  const closed = await closedMonths(db, ctx);
  const plan = planChunk({
    rows,
    priceOf: priceShares(await readShares(db, tenantId, rows), priceBy(book)),
    closed,
    corrected: first && last ? await readCorrected(db, tenantId, first, last) : new Map(),
    timeZone: ctx.tenant.timeZone,
    onlyUnpriced: scope.onlyUnpriced ?? false,
  });
  return { ...plan, seen: rows.length, position: last ? { at: last.occurredAt, id: last.callId } : null };
}

/** Where a run is, as it is stored. */
export function positionOf({ cursorAt, cursorId }: RepricingRun): Position | null {
  return cursorAt === null || cursorId === null ? null : { at: cursorAt, id: cursorId };
}

/** The calls that a run is about. */
export function callsOf(ctx: Ctx, { scope, knownAt }: RepricingRun): ScopedCalls {
  return { tenantId: ctx.tenant.id, scope, receivedBy: knownAt };
}

/**
 * Takes a run whose row is locked one chunk further, all in the caller's transaction: whoever dies leaves either the whole
 * chunk or nothing of it.
 * @returns whether calls may be left
 */
export async function runChunk(
  db: Db,
  ctx: Ctx,
  book: TenantBook,
  run: RepricingRun,
  phase: "preview" | "applied",
): Promise<boolean> {
  const key = { tenantId: ctx.tenant.id, id: run.id };
  const plan = await planNext(db, ctx, book, callsOf(ctx, run), positionOf(run), phase === "applied");
  if (!plan.position) return false;
  if (phase === "applied") {
    const facts = { tenantId: key.tenantId, runId: run.id, at: ctx.now };
    const updated = plan.updates.length > 0 ? await updateCalls(db, facts, plan.updates) : 0;
    const booked = plan.corrections.length > 0 ? await bookCorrections(db, facts, plan.corrections) : 0;
    if (updated + booked !== plan.changed) throw new Error("A chunk changed other calls than it planned to");
  }
  await addDeltas(db, key, phase, plan.deltas);
  await advance(db, key, { ...plan, position: plan.position }, ctx.now);
  return plan.seen === callsAtOnce;
}

import { randomUUID } from "node:crypto";
import { actorId, requireRight } from "@/server/auth/permissions";
import { addDays, localDay } from "@/server/calendar/local-day";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { Ctx } from "@/server/context";
import { DomainError, isDomainError } from "@/server/errors";
import { openAdminKey } from "./credentials";
import {
  abandonPull,
  findReading,
  finishPull,
  insertPull,
  keepPage,
  type Reading,
  wasEverRead,
} from "./pull-queries";
import { findReadable, type ReadableConnection, saveFailure, saveSuccess, saveWait } from "./queries";
import { firstPhase, placeAfter, readPage } from "./report-phases";
import { BillSettings, daysReadAgain, failuresUntilFailing, PullBillInput } from "./schemas";

const usualWaitSeconds = 60;
const pagesAtOnce = 10;
const longestMs = 60_000;
/** What was half read so long ago is read anew: its pages would be of different days' knowledge. */
const staleAfterMs = 12 * 3_600_000;

export interface PullResult {
  more: boolean;
  /** The provider wants us to come back not before this many seconds. */
  waitSeconds: number | null;
}

const ended: PullResult = { more: false, waitSeconds: null };

/**
 * Reads some pages of a provider's report. Each page is kept before the next is asked for, so that a pull which is cut off
 * goes on there; what it said counts once it is whole. What goes wrong at the provider is written down for the tenant.
 * @throws DomainError NOT_FOUND, UNAVAILABLE (ours, try again)
 */
export async function pullBill(ctx: Ctx, input: PullBillInput): Promise<PullResult> {
  requireRight(ctx.actor, "sources:write");
  const { connectionId } = PullBillInput.parse(input);
  const id = { tenantId: ctx.tenant.id, id: connectionId };
  const connection = await ctx.db.write((db) => findReadable(db, id));
  if (!connection) throw new DomainError("NOT_FOUND", "There is no such connection.");
  if (connection.state === "paused") return ended;
  if (connection.waitUntil && connection.waitUntil > ctx.now)
    return {
      more: true,
      waitSeconds: Math.ceil((connection.waitUntil.getTime() - ctx.now.getTime()) / 1_000),
    };
  try {
    return { more: await readSomePages(ctx, connection), waitSeconds: null };
  } catch (error) {
    if (error instanceof OutboundFailure && error.fault === "rate") {
      const seconds = Math.max(error.retryAfterSeconds ?? usualWaitSeconds, 1);
      const until = new Date(ctx.now.getTime() + seconds * 1_000);
      await ctx.db.write((db) => saveWait(db, id, until, ctx.now));
      return { more: true, waitSeconds: seconds };
    }
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    const failure = { sentence, at: ctx.now, untilFailing: failuresUntilFailing };
    await ctx.db.write((db) => saveFailure(db, id, failure));
    return ended;
  }
}

/** @returns whether there is more */
async function readSomePages(ctx: Ctx, connection: ReadableConnection): Promise<boolean> {
  const tenantId = ctx.tenant.id;
  const settings = BillSettings.parse(connection.settings);
  const access = { baseUrl: connection.baseUrl, adminKey: openAdminKey(tenantId, connection.credentials) };
  const pull = await ctx.db.write((db) => takeUp(db, ctx, connection, settings));
  const began = performance.now();
  let { lines } = pull;
  let place = pull.place ?? { phase: firstPhase(connection.provider, settings), page: null };
  for (let pages = 0; pages < pagesAtOnce && performance.now() - began < longestMs; pages += 1) {
    const page = await readPage(access, place, pull.firstDay, pull.lastDay);
    if (page.next !== null && page.next === place.page)
      throw new OutboundFailure("answer", "The provider answers the same page again and again.");
    const before = { tenantId, id: pull.id, linesBefore: lines, placeBefore: place };
    const next = placeAfter(connection.provider, settings, place, page.next);
    const kept = await ctx.db.write(async (db) => {
      if (!(await keepPage(db, before, page.lines, next))) return false;
      if (next !== null) return true;
      await finishPull(db, tenantId, pull.id, ctx.now);
      await saveSuccess(db, { tenantId, id: connection.id }, ctx.now);
      return true;
    });
    if (!kept) throw new DomainError("UNAVAILABLE", "Another read of this bill went on in the meantime.");
    if (next === null) return false;
    lines += page.lines.length;
    place = next;
  }
  return true;
}

type Db = Parameters<typeof findReading>[0];

/** The pull that was cut off, or a new one of the days that may have changed. */
async function takeUp(
  db: Db,
  ctx: Ctx,
  { id, provider }: ReadableConnection,
  settings: BillSettings,
): Promise<Reading> {
  const tenantId = ctx.tenant.id;
  const reading = await findReading(db, tenantId, id);
  if (reading?.place && ctx.now.getTime() - reading.begunAt.getTime() < staleAfterMs) return reading;
  if (reading) await abandonPull(db, tenantId, reading.id);
  // Today is not over, and what a provider says of it is no bill yet.
  const lastDay = addDays(localDay(ctx.now, "UTC"), -1);
  const days = (await wasEverRead(db, tenantId, id)) ? daysReadAgain : settings.daysBack;
  const firstDay = addDays(lastDay, 1 - days);
  const place = { phase: firstPhase(provider, settings), page: null };
  const begun = { begunBy: actorId(ctx.actor), begunAt: ctx.now };
  const pull = { id: randomUUID(), provider, stream: id, firstDay, lastDay, place, ...begun };
  await insertPull(db, { tenantId, ...pull });
  return { ...pull, state: "reading", lines: 0, fileName: null, doneAt: null };
}

/** Null for what is our own trouble, after which the job tries again. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof OutboundFailure) return error.message;
  return isDomainError(error) && error.code === "CONFLICT" ? error.message : null;
}

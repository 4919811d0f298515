import { makeMonths } from "@/server/calls/make-months";
import { recordCalls } from "@/server/calls/record";
import { listObservations } from "@/server/clients/langfuse";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { Ctx } from "@/server/context";
import { patiently } from "@/server/imports/patiently";
import { openCredentials } from "./credentials";
import {
  afterPage,
  beginPull,
  isSettled,
  LangfuseResume,
  sliceEnd,
  withSmallerPages,
} from "./langfuse-window";
import { type Observation, readObservation } from "./map-observation";
import { type PullableConnection, type PullCounts, saveProgress } from "./queries";
import { LangfuseCredentials, LangfuseSettings } from "./schemas";

/** Pages of one step of a job: each is saved, and a step must not take longer than the runner waits. */
const pagesAtOnce = 10;
const longestMs = 60_000;
const staleAfterMs = 3_600_000;

/**
 * Brings what Langfuse recorded into the ledger, some pages of it; each page is stored before its place is noted, so that a
 * pull that is cut off goes on there and repeats at most that page.
 * @returns whether there is more
 * @throws OutboundFailure, DomainError UNAVAILABLE
 */
export async function pullLangfuse(ctx: Ctx, connection: PullableConnection): Promise<{ more: boolean }> {
  const keys = openCredentials(ctx.tenant.id, connection.credentials, LangfuseCredentials);
  const access = { baseUrl: connection.baseUrl, ...keys };
  const { daysBack } = LangfuseSettings.parse(connection.settings);
  const began = performance.now();
  const saved = LangfuseResume.safeParse(connection.resume);
  let place = saved.success ? saved.data : beginPull(connection.pulledTo, ctx.now, daysBack);

  for (let pages = 0; pages < pagesAtOnce && performance.now() - began < longestMs; pages += 1) {
    const question = { ...place, to: sliceEnd(place), limit: place.pageSize };
    let page;
    try {
      page = await listObservations(access, question);
    } catch (error) {
      const again = otherTry(error, place);
      if (again === null) throw error;
      place = again;
      continue;
    }
    if (page.cursor !== null && page.cursor === place.cursor)
      throw new OutboundFailure("answer", "Langfuse answers the same page again and again.");
    const read = readRows(page.rows, question, ctx.now);
    const counts = await store(ctx, read.taken, read.unreadable);
    const next = afterPage(place, { cursor: page.cursor, heldBack: read.heldBack });
    const resume = next.resume === null ? null : toJson(next.resume);
    await ctx.db.rollup((db) =>
      saveProgress(
        db,
        { tenantId: ctx.tenant.id, id: connection.id },
        { pulledTo: next.pulledTo, resume, counts, at: ctx.now },
      ),
    );
    // A run that was cut off long ago ended where it began then.
    if (next.resume === null) return { more: ctx.now.getTime() - place.until.getTime() > staleAfterMs };
    place = next.resume;
  }
  return { more: true };
}

const toJson = (place: LangfuseResume) => ({
  ...place,
  until: place.until.toISOString(),
  from: place.from.toISOString(),
  heldBack: place.heldBack?.toISOString() ?? null,
});

/** Pages that are too large can be smaller; a cursor that is no longer known sends us back to the slice's start. */
function otherTry(error: unknown, place: LangfuseResume): LangfuseResume | null {
  if (!(error instanceof OutboundFailure)) return null;
  if (error.fault === "too_large") return withSmallerPages(place);
  if (error.fault === "refused" && place.cursor !== null) return { ...place, cursor: null };
  return null;
}

interface ReadRows {
  taken: Observation[];
  heldBack: Date[];
  unreadable: number;
}

function readRows(rows: readonly unknown[], window: { from: Date; to: Date }, now: Date): ReadRows {
  const read: ReadRows = { taken: [], heldBack: [], unreadable: 0 };
  for (const raw of rows) {
    const row = readObservation(raw);
    // What is outside of the window was not asked for, and could be of a year that no month can be made of.
    if (row === null || row.startedAt < window.from || row.startedAt >= window.to) read.unreadable += 1;
    else if (isSettled(row, now)) read.taken.push(row);
    else read.heldBack.push(row.startedAt);
  }
  return read;
}

async function store(ctx: Ctx, rows: readonly Observation[], unreadable: number): Promise<PullCounts> {
  const counts = { items: rows.length + unreadable, accepted: 0, duplicates: 0, rejected: unreadable };
  if (rows.length === 0) return counts;
  const calls = rows.map(({ call }) => call);
  const months = [...new Set(calls.map(({ occurredAt }) => occurredAt.slice(0, 7)))];
  await patiently(() => makeMonths(ctx, months));
  const answer = await patiently(() =>
    recordCalls(ctx, { calls }, { source: "langfuse", anyAge: true, keepRejected: true }),
  );
  const { accepted, duplicates, rejected } = answer;
  return { ...counts, accepted, duplicates, rejected: unreadable + rejected.length };
}

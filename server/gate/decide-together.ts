import { localDay, startOfDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { WriteJoiner } from "@/server/calls/write-joiner";
import { GateBatch, type Request, type Result } from "./batch";
import { loadBeats, minuteOf, printsOf, saveBeats } from "./beats";
import { measured } from "./measure";
import * as queries from "./queries";
import { saveRefusals } from "./refusals-query";
import { subjectsOf } from "./subjects";

const joiner = new WriteJoiner<Request, Result>(
  1,
  (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
);

export function periodStarts(ctx: Ctx): queries.PeriodStarts {
  const { timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  return { month: startOfDay(firstOfMonth(today), timeZone), day: startOfDay(today, timeZone) };
}

function subjectsOfAll(requests: readonly Request[]): queries.SubjectKey[] {
  const subjects = requests.flatMap((one) => (one.kind === "reserve" ? subjectsOf(one.input) : []));
  return [...new Map(subjects.map((subject) => [`${subject.kind} ${subject.key}`, subject])).values()];
}

/** The running period's accounts for these subjects, those measured anew that were not lately. */
async function openAccounts(
  db: Parameters<typeof queries.loadAccounts>[0],
  ctx: Ctx,
  subjects: readonly queries.SubjectKey[],
): Promise<queries.StoredAccount[]> {
  const accounts = await queries.loadAccounts(db, ctx.tenant.id, subjects, periodStarts(ctx));
  const anew = await measured(db, ctx, accounts);
  await queries.saveMeasured(db, ctx.tenant.id, anew);
  const found = new Map(anew.map((account) => [queries.keyOf(account), account]));
  return accounts.map((account) => found.get(queries.keyOf(account)) ?? account);
}

async function decideAll(ctx: Ctx, requests: readonly Request[]): Promise<Result[]> {
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await queries.lockGate(db, tenantId);
    await queries.expireHolds(db, tenantId, ctx.now);
    const reservations = requests.filter((one) => one.kind === "reserve");
    const prints = reservations.flatMap(({ input }) => Object.values(printsOf(input)));
    const accounts = await openAccounts(db, ctx, subjectsOfAll(requests));
    const holds = await queries.findHolds(
      db,
      tenantId,
      requests.map((one) => (one.kind === "reserve" ? one.input.key : one.key)),
    );
    const runIds = [
      ...reservations.flatMap(({ input }) => input.run?.id ?? []),
      ...[...holds.values()].flatMap(({ runId }) => runId ?? []),
    ];
    const batch = new GateBatch({
      accounts,
      holds,
      runs: await queries.loadRuns(db, tenantId, [...new Set(runIds)]),
      beats: await loadBeats(
        db,
        tenantId,
        prints.filter((print) => print !== null),
        ctx.now,
      ),
      settings: await queries.readSettings(db, tenantId),
    });
    const results = requests.map((request) => batch.run(request));
    const { deltas, holds: changed, runs, beats, refused } = batch.changes();
    await queries.saveHolds(db, tenantId, changed);
    await queries.applyDeltas(db, tenantId, deltas);
    await queries.saveRuns(db, tenantId, runs);
    await saveBeats(db, tenantId, beats, ctx.now);
    await saveRefusals(db, tenantId, minuteOf(ctx.now), refused);
    return results;
  });
}

/**
 * Decides a request together with whatever waits at the same time, in one transaction; answered after its commit. Of a
 * tenant one transaction is under way, in whichever process, so a thousand at once exceed no limit.
 */
export async function decideTogether<Kind extends Request["kind"]>(
  ctx: Ctx,
  request: Extract<Request, { kind: Kind }>,
): Promise<Extract<Result, { kind: Kind extends "reserve" ? "reserved" : "settled" }>> {
  const [result] = await joiner.submit(ctx.tenant.id, [request], (all) => decideAll(ctx, all));
  return result as Extract<Result, { kind: Kind extends "reserve" ? "reserved" : "settled" }>;
}

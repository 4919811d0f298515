import { randomUUID } from "node:crypto";
import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { decideWatermark } from "@/server/rollups/watermark";
import { knownDays, saveDay } from "./days-query";
import { type Delta, planDeltas } from "./plan-deltas";
import { insertExports, type NewExport, plannedHours } from "./planned-queries";
import { currentConnection, listMappings, listMeterRows, lockBilling, type Meter } from "./queries";
import { tooLongReason, tooOldReason } from "./reasons";
import { dayFingerprints, ledgerHours } from "./usage-query";
import { dayMs, hourMs, hourOf, identifierOf, isTooLong, isTooOld } from "./window";

/** Days that are looked at in one transaction. */
const daysAtOnce = 4;

export interface Planned {
  /** Rows that were put into the outbox. */
  rows: number;
  /** There are more days to look at. */
  more: boolean;
}

/**
 * Puts into the outbox what the ledger's final hours hold and the outbox does not: new hours, and the difference where an
 * hour has changed. Only days whose roll-ups look different are read again, so that a run without news costs nothing.
 * @param lookBackDays how far back changes are looked for
 */
export async function planWindows(ctx: Ctx, { lookBackDays = 45 } = {}): Promise<Planned> {
  requireRight(ctx.actor, "billing:write");
  const { id: tenantId, timeZone, latencyBufferMinutes } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const connection = await currentConnection(db, tenantId);
    if (!connection) return { rows: 0, more: false };
    const meters = await listMeterRows(db, tenantId, connection.id);
    const [first] = meters
      .map(({ startsAt }) => startsAt)
      .sort((one, other) => one.getTime() - other.getTime());
    if (!first) return { rows: 0, more: false };

    const { oldestMarkedAt, hours } = await stateAndMarks(db, tenantId);
    const watermark = decideWatermark(ctx.now, oldestMarkedAt, hours, latencyBufferMinutes);
    const final = hourOf(watermark.finalThrough);
    const earliest = new Date(Math.max(first.getTime(), ctx.now.getTime() - lookBackDays * dayMs));
    const days = { from: localDay(earliest, timeZone), to: localDay(ctx.now, timeZone) };
    const seen = await dayFingerprints(db, tenantId, days.from, days.to);
    const known = await knownDays(db, tenantId, connection.id, days.from, days.to);
    const changed = [...new Set([...seen.keys(), ...known.keys()])].sort().flatMap((day) => {
      const through = Math.min(final.getTime(), hoursOfDay(day, timeZone).to.getTime());
      const fingerprint = `${seen.get(day) ?? "nothing"} ${new Date(through).toISOString()}`;
      return known.get(day) === fingerprint ? [] : [{ day, fingerprint }];
    });

    const mappings = await listMappings(db, tenantId, connection.id);
    const customers = new Map(mappings.map(({ accountId, customerId }) => [accountId, customerId]));
    let rows = 0;
    for (const { day, fingerprint } of changed.slice(0, daysAtOnce)) {
      for (const meter of meters) rows += await planDay(db, ctx, meter, customers, day, final);
      await saveDay(db, tenantId, connection.id, day, fingerprint);
    }
    return { rows, more: changed.length > daysAtOnce };
  });
}

/** Whole hours of UTC that hold a local day; in some zones an hour belongs to two. */
function hoursOfDay(day: LocalDay, timeZone: string): { from: Date; to: Date } {
  const end = startOfDay(addDays(day, 1), timeZone).getTime();
  return { from: hourOf(startOfDay(day, timeZone)), to: new Date(Math.ceil(end / hourMs) * hourMs) };
}

async function planDay(
  db: Db,
  ctx: Ctx,
  meter: Meter,
  customers: ReadonlyMap<string, string>,
  day: LocalDay,
  final: Date,
): Promise<number> {
  const tenantId = ctx.tenant.id;
  const hours = hoursOfDay(day, ctx.tenant.timeZone);
  const from = new Date(Math.max(hours.from.getTime(), meter.startsAt.getTime()));
  const to = new Date(Math.min(hours.to.getTime(), final.getTime(), meter.endsAt?.getTime() ?? Infinity));
  if (from >= to) return 0;
  const planned = await plannedHours(db, tenantId, meter.id, from, to);
  const accounts = new Set([...customers.keys(), ...planned.map(({ accountId }) => accountId)]);
  const ledger = await ledgerHours(db, tenantId, from, to, [...accounts]);
  const deltas = planDeltas(meter.measure, ledger, planned, customers);
  const rows = deltas.map((delta) => asRow(delta, meter, ctx.now));
  await insertExports(
    db,
    tenantId,
    { connectionId: meter.connectionId, meterId: meter.id, now: ctx.now },
    rows,
  );
  return rows.length;
}

function asRow(delta: Delta, meter: Meter, now: Date): NewExport {
  const { connectionId, id: meterId } = meter;
  const { accountId, hour: windowStart, revision } = delta;
  const identifier = identifierOf({ connectionId, meterId, accountId, windowStart, revision, generation: 0 });
  const row = { ...delta, id: randomUUID(), identifier, failureCode: null };
  if (isTooOld(windowStart, now)) return { ...row, state: "too_old", failure: tooOldReason };
  if (isTooLong(delta.value))
    return { ...row, state: "refused", failureCode: "too_many_digits", failure: tooLongReason };
  return { ...row, state: "pending", failure: null };
}

import { randomUUID } from "node:crypto";
import { requireRight } from "@/server/auth/permissions";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { changedDays, hoursOfDay, usualLookBackDays } from "./changed-days";
import { saveDay } from "./days-query";
import { type Delta, planDeltas } from "./plan-deltas";
import { insertExports, type NewExport, plannedHours } from "./planned-queries";
import { currentConnection, listMappings, listMeterRows, lockBilling, type Meter } from "./queries";
import { tooLongReason, tooOldReason } from "./reasons";
import { ledgerHours } from "./usage-query";
import { identifierOf, isTooLong, isTooOld } from "./window";

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
export async function planWindows(ctx: Ctx, { lookBackDays = usualLookBackDays } = {}): Promise<Planned> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  return ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const connection = await currentConnection(db, tenantId);
    if (!connection) return { rows: 0, more: false };
    const meters = await listMeterRows(db, tenantId, connection.id);
    if (meters.length === 0) return { rows: 0, more: false };
    const { final, changed } = await changedDays(db, ctx, meters, lookBackDays);
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
  const { from } = hours;
  const to = hours.to < final ? hours.to : final;
  if (from >= to) return 0;
  const planned = await plannedHours(db, tenantId, meter.id, from, to);
  const accounts = new Set([...customers.keys(), ...planned.map(({ accountId }) => accountId)]);
  const ledger = await ledgerHours(db, tenantId, { from, to }, [...accounts], meter);
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

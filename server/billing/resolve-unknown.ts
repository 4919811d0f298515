import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { openProvider, type OpenProvider } from "./credentials";
import { decideUnknown } from "./decide-unknown";
import { exportsBetween, moveExports } from "./export-queries";
import type { ExportRow } from "./export-row-query";
import { currentConnection, listMeterRows } from "./queries";
import { notDeliveredReason, unclearReason } from "./reasons";
import { undecided } from "./try-queries";
import { rememberedMs, settledMs, windowEnd } from "./window";

export interface Resolved {
  delivered: number;
  sentAgain: number;
  unclear: number;
}

/**
 * Rows that may have been delivered and whose name the provider may have forgotten by now: its sums of the hour tell. What
 * they hold was delivered; what they do not is sent again; where they fit neither, people are asked.
 * @throws OutboundFailure when the provider does not say
 */
export async function resolveUnknown(ctx: Ctx, open: OpenProvider = openProvider): Promise<Resolved> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const resolved: Resolved = { delivered: 0, sentAgain: 0, unclear: 0 };
  const connection = await ctx.db.write((db) => currentConnection(db, tenantId));
  if (!connection) return resolved;
  const settledBefore = new Date(ctx.now.getTime() - settledMs);
  const { rows, meters } = await ctx.db.write(async (db) => ({
    rows: await undecided(db, tenantId, connection.id, {
      now: ctx.now,
      unsureBefore: new Date(ctx.now.getTime() - rememberedMs),
      triedBefore: settledBefore,
    }),
    meters: new Map((await listMeterRows(db, tenantId, connection.id)).map((meter) => [meter.id, meter])),
  }));
  if (rows.length === 0) return resolved;
  const provider = open(tenantId, connection, () => ctx.now);
  const hours = new Map(
    rows.map((row) => [`${row.meterId} ${row.customerId} ${row.windowStart.toISOString()}`, row]),
  );
  for (const { meterId, customerId, windowStart: from } of hours.values()) {
    const to = windowEnd(from);
    const meter = meters.get(meterId);
    if (!meter) continue;
    const sums = await provider.readSums({ meterId: meter.providerMeter, customerId, from, to, by: "hour" });
    const billed = sums.reduce((total, { value }) => total + value, 0n);
    await ctx.db.write(async (db) => {
      const all = await exportsBetween(db, tenantId, meterId, { from, to, customerId, lock: true });
      // Somebody is still at it, or the sums may lag behind what was sent.
      const isRecent = ({ triedAt }: ExportRow) => triedAt !== null && triedAt > settledBefore;
      if (all.some(isRecent)) return;
      await decide(db, ctx, all, billed, resolved);
    });
  }
  return resolved;
}

async function decide(db: Db, ctx: Ctx, all: ExportRow[], billed: bigint, resolved: Resolved): Promise<void> {
  const tenantId = ctx.tenant.id;
  const known = all.filter(({ state }) => state === "sent" || state === "confirmed");
  const unknown = all.filter(({ state }) => state === "unknown");
  const verdicts = decideUnknown(
    billed,
    known.reduce((total, { value }) => total + value, 0n),
    unknown.map(({ value }) => value),
  );
  const idsOf = (wanted: (typeof verdicts)[number]) =>
    unknown.filter((_, at) => verdicts[at] === wanted).map(({ id }) => id);
  const [delivered, notDelivered, unclear] = [idsOf("delivered"), idsOf("not_delivered"), idsOf("unclear")];
  await moveExports(db, tenantId, delivered, "unknown", {
    state: "confirmed",
    unsureSince: null,
    failure: null,
    settledAt: ctx.now,
  });
  await moveExports(db, tenantId, notDelivered, "unknown", {
    state: "pending",
    unsureSince: null,
    notBefore: ctx.now,
    failure: notDeliveredReason,
  });
  const again = new Date(ctx.now.getTime() + settledMs);
  await moveExports(db, tenantId, unclear, "unknown", { notBefore: again, failure: unclearReason });
  resolved.delivered += delivered.length;
  resolved.sentAgain += notDelivered.length;
  resolved.unclear += unclear.length;
}

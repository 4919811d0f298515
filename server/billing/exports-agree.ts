import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { changedDays, hoursOfDay, usualLookBackDays } from "./changed-days";
import { countMonth } from "./month-query";
import { currentConnection, listMeterRows } from "./queries";

/** Why what was exported of a stretch of time does not agree yet with the ledger and with Stripe; empty: it does, or nothing is. */
export async function exportsDisagree(
  db: Db,
  ctx: Ctx,
  { from, to }: { from: Date; to: Date },
): Promise<string[]> {
  const tenantId = ctx.tenant.id;
  const connection = await currentConnection(db, tenantId);
  if (!connection) return [];
  const meters = (await listMeterRows(db, tenantId, connection.id)).filter(
    ({ startsAt, endsAt }) => startsAt < to && (endsAt === null || endsAt > from),
  );
  if (meters.length === 0) return [];
  const { changed } = await changedDays(db, ctx, meters, usualLookBackDays);
  const unplanned = changed.filter(({ day }) => {
    const hours = hoursOfDay(day, ctx.tenant.timeZone);
    return hours.from < to && hours.to > from;
  }).length;
  const { waiting, unconfirmed, differences } = await countMonth(
    db,
    { tenantId, connectionId: connection.id },
    { from, to },
  );
  const isCompared = connection.comparedAt !== null && connection.comparedAt >= to;
  const of = (count: number, one: string, many: string) => (count === 1 ? one : `${String(count)} ${many}`);
  return [
    connection.state === "failing"
      ? `Stripe cannot be used: ${connection.failure ?? "the key is refused."}`
      : null,
    unplanned > 0 ? `Usage of ${of(unplanned, "one day", "days")} is still to be exported.` : null,
    waiting > 0
      ? `${of(waiting, "One hour of usage waits", "hours of usage wait")} to be sent, or it is not known whether it arrived.`
      : null,
    unconfirmed > 0
      ? `${of(unconfirmed, "One hour of usage is", "hours of usage are")} sent and not confirmed by Stripe’s sums yet.`
      : null,
    differences > 0 ? `${of(differences, "One difference is", "differences are")} open.` : null,
    isCompared ? null : "Stripe’s sums have not been compared since the month ended.",
  ].filter((sentence) => sentence !== null);
}

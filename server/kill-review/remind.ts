import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { enqueueReport } from "@/server/delivery/enqueue-report";
import { senderOf } from "@/server/delivery/sender";
import * as queries from "./decision-queries";
import { reminderMessage } from "./message";
import { isTimeToRemind, reminderDue } from "./reminder";
import { callsSinceDue } from "./take-decisions";

/**
 * Says what is to be said today of decisions that come due, each once: a week before, on the day, and week by week while
 * calls still come. @returns how many were said, and to how many destinations in all
 */
export async function remindOfDecisions(ctx: Ctx): Promise<{ reminders: number; destinations: number }> {
  requireRight(ctx.actor, "reviews:manage");
  const { id: tenantId, timeZone } = ctx.tenant;
  const nothing = { reminders: 0, destinations: 0 };
  if (!isTimeToRemind(ctx.now, timeZone)) return nothing;
  const today = localDay(ctx.now, timeZone);
  const { decisions, told, calls } = await ctx.db.write(async (db) => {
    const newest = await queries.newestDecisions(db, tenantId);
    return {
      decisions: newest,
      told: await queries.remindersTold(db, tenantId),
      calls: await callsSinceDue(db, tenantId, newest, today),
    };
  });
  const said = new Set(told.map(({ feature, version, kind }) => JSON.stringify([feature, version, kind])));
  const sum = { ...nothing };
  for (const decision of decisions) {
    if (decision.decision === "withdrawn") continue;
    const { feature, version } = decision;
    const seen = calls.get(feature) ?? 0;
    const decidedOn = localDay(decision.decidedAt, timeZone);
    const kind = reminderDue({ ...decision, decision: decision.decision, decidedOn, today, calls: seen });
    if (kind === null || said.has(JSON.stringify([feature, version, kind]))) continue;
    const message = reminderMessage(decision, kind, seen, senderOf(ctx));
    // By its key it is written down once, should this be interrupted before it is noted.
    const { destinations } = await enqueueReport(ctx, {
      key: `kill-reminder:${String(version)}:${kind}:${feature}`,
      message,
    });
    await ctx.db.write((db) => queries.noteReminder(db, { tenantId, feature, version, kind, at: ctx.now }));
    sum.reminders += 1;
    sum.destinations += destinations;
  }
  return sum;
}

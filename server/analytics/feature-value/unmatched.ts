import { periodOf } from "@/server/activity/periods";
import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay } from "@/server/calendar/local-day";
import { otherValue } from "@/server/calls/tag-caps";
import type { Ctx } from "@/server/context";
import { toldOf } from "./told";
import { likelyTwin } from "./twin";
import { namesSince, type SeenName } from "./unmatched-query";

const days = 90;
/** Names of each side with a twin looked for; what is beyond them is told as a number. */
const mostNames = 50;

function side(names: readonly SeenName[], others: readonly { name: string; weight: number }[]) {
  return {
    names: names.slice(0, mostNames).map((name) => ({ ...name, twin: likelyTwin(name.feature, others) })),
    more: Math.max(0, names.length - mostNames),
  };
}

/**
 * Features that only events know, and those that only calls know, in whole weeks that hold the last 90 days: one thing
 * spelled twice can be joined to nothing. Each with the other side's name of which it is likely a spelling; the busiest
 * first. While no event names a feature at all, calls cannot lack one.
 */
export async function unmatchedFeatures(ctx: Ctx) {
  requireRight(ctx.actor, "reports:read");
  const { id: tenantId, timeZone } = ctx.tenant;
  const since = periodOf(addDays(localDay(ctx.now, timeZone), -days), "week");
  return ctx.db.read(async (db) => {
    const told = await toldOf(db, ctx, since);
    const names = (await namesSince(db, tenantId, since)).filter(({ feature }) => feature !== otherValue);
    const called = names.filter(({ calls }) => calls > 0);
    const used = names.filter(({ events }) => events > 0);
    const onlyUsed = used.filter(({ calls }) => calls === 0);
    const onlyCalled = used.length === 0 ? [] : called.filter(({ events }) => events === 0);
    return {
      /** With events and no calls. */
      onlyEvents: side(
        onlyUsed,
        called.map(({ feature, calls }) => ({ name: feature, weight: calls })),
      ),
      /** With calls and no events. */
      onlyCalls: side(
        onlyCalled,
        used.map(({ feature, events }) => ({ name: feature, weight: events })),
      ),
      hasEvents: used.length > 0,
      since,
      told,
      timeZone,
    };
  });
}

import { addDays, localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { monthStretch } from "@/server/retention/revenue-months";
import { retentionSettings } from "@/server/retention/settings";
import { stateBounds } from "@/server/retention/state";
import { quotaWindowDays } from "@/server/retention/suggest-quota";
import { firstCall } from "../first-call-query";
import { resolveRange } from "../range";
import { dayFreshness } from "./day-freshness";
import type { PeopleQuestion } from "./judged-query";

/** How everybody stands today, by the tenant's own rule, and how far the answer can be relied on. */
export async function peopleQuestion(db: Db, ctx: Ctx) {
  const { id: tenantId, timeZone } = ctx.tenant;
  const { built, watermark } = await dayFreshness(db, ctx);
  const settings = await retentionSettings(db, tenantId);
  const today = localDay(ctx.now, timeZone);
  const range = resolveRange(addDays(today, 1 - quotaWindowDays), addDays(today, 1), timeZone);
  const first = await firstCall(db, tenantId);
  const question: PeopleQuestion = {
    tenantId,
    timeZone,
    range,
    built,
    settings,
    bounds: stateBounds(today, settings),
    months: monthStretch(range, timeZone, ctx.now),
    today,
    ledgerSince: first && localDay(first, timeZone),
  };
  return { question, watermark };
}

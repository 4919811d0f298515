import { firstCall } from "@/server/analytics/first-call-query";
import { readFreshness } from "@/server/analytics/freshness";
import { atOneMoment } from "@/server/analytics/one-moment";
import { spend } from "@/server/analytics/spend";
import { localDay, type LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { Usd, usdText } from "@/server/prices/decimal";
import { monthOf, type ReviewMonth } from "./month";
import { listReviewRows } from "./queries";
import type { KillFigures, KillItem } from "./schemas";
import { settledState } from "./settled-query";
import { takeDecisions } from "./take-decisions";
import { takeFeatures } from "./take-features";

/** As many earlier reviews are looked through for what was measured: more months than a forecast goes. */
const reviewsBack = 24;

export interface Taken {
  figures: KillFigures;
  items: KillItem[];
}

export type Unsettled = "not_over" | "not_final" | "not_counted";

/** Why a month's figures are not final yet; null: they are. */
async function unsettled(ctx: Ctx, db: Db, month: ReviewMonth): Promise<Unsettled | null> {
  if (ctx.now < month.to) return "not_over";
  const { built, watermark } = await readFreshness(db, ctx);
  if (Date.parse(watermark.finalThrough) < month.to.getTime()) return "not_final";
  const { isWaiting, countedAt, timeZone } = await settledState(db, ctx.tenant.id, month);
  const isCounted = countedAt !== null && timeZone === ctx.tenant.timeZone;
  const isBuilt = built.days || (await firstCall(db, ctx.tenant.id)) === null;
  return isWaiting || !isCounted || !isBuilt ? "not_counted" : null;
}

async function takeFigures(
  then: Ctx,
  db: Db,
  month: ReviewMonth,
  items: readonly KillItem[],
): Promise<KillFigures> {
  const { id: tenantId } = then.tenant;
  const range = { from: month.first, to: month.end };
  const whole = await spend(then, { ...range, groupBy: "feature", limit: 10_000 });
  const without = whole.rows.find(({ key }) => key === null);
  const firstCallAt = await firstCall(db, tenantId);
  const bottom = items.filter(({ isBottom }) => isBottom);
  const earlier = await listReviewRows(db, tenantId, reviewsBack);
  return {
    from: month.from.toISOString(),
    to: month.to.toISOString(),
    firstCallAt: firstCallAt?.toISOString() ?? null,
    costUsd: whole.total.costUsd,
    calls: whole.total.calls,
    unpricedCalls: whole.total.unpricedCalls,
    unattributed: {
      costUsd: without?.costUsd ?? "0",
      calls: without?.calls ?? 0,
      unpricedCalls: without?.unpricedCalls ?? 0,
    },
    bottom: {
      features: bottom.length,
      costUsd: usdText(bottom.reduce((sum, { evidence }) => sum.plus(evidence.costUsd), new Usd(0))),
    },
    decisions: await takeDecisions(
      then,
      db,
      month,
      earlier.flatMap(({ figures }) => figures.decisions),
    ),
    finalThrough: whole.watermark.finalThrough,
    rolledThrough: whole.watermark.rolledThrough,
    countedAt: (await settledState(db, tenantId, month)).countedAt?.toISOString() ?? null,
  };
}

/**
 * A month's review as it stands at one moment: its features with their evidence, and what earlier decisions came to.
 * @returns why not, where only final figures will do (`isFinal`); null when nothing was seen before the month was over
 */
export function takeReview(
  ctx: Ctx,
  first: LocalDay,
  { isFinal }: { isFinal: boolean },
): Promise<Taken | Unsettled | null> {
  const month = monthOf(first, ctx.tenant.timeZone);
  return atOneMoment(ctx, async (then, db) => {
    const why = isFinal ? await unsettled(then, db, month) : null;
    if (why !== null) return why;
    const firstCallAt = await firstCall(db, ctx.tenant.id);
    // The next month is foretold as at the end of this one, however late it is looked.
    const eve = new Date(Math.min(then.now.getTime(), month.to.getTime() - 1));
    const items = await takeFeatures({ ...then, now: eve }, db, month, firstCallAt && localDay(firstCallAt, ctx.tenant.timeZone)); // prettier-ignore
    const figures = await takeFigures(then, db, month, items);
    return items.length === 0 && figures.calls === 0 ? null : { figures, items };
  });
}

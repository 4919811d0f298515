import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { unsaid } from "@/server/features/said";
import { featureSettings } from "@/server/features/settings";
import { Usd, usdText } from "@/server/prices/decimal";
import { retentionSettings } from "@/server/retention/settings";
import { readFreshness } from "../freshness";
import type { Built } from "../pieces";
import { shareOf } from "../share-of";
import { adoptionOf, adoptionTrends } from "./adoption";
import * as ask from "./feature-value-query";
import { FeatureValueInput } from "./feature-value-schemas";
import { type Months, monthsUpTo, trendPeriods } from "./months";
import { toldOf } from "./told";
import { noSums, usesOf, valueOf } from "./value-of";

/** Of one month the cohorts know it, however many users there are. */
async function everybodyOf(db: Db, tenantId: string, { first }: Months): Promise<number> {
  const months = await ask.trendOfEverybody(db, tenantId, { grain: "month", first, last: first });
  return months.get(first) ?? 0;
}

/** What the months hold by feature, and how many users they have in all. */
async function stretchOf(db: Db, ctx: Ctx, built: Built, months: Months, count: number) {
  const { id: tenantId, timeZone } = ctx.tenant;
  const sums = await ask.sumsOfMonths(db, { tenantId, months });
  const days = { first: months.first, last: addDays(months.end, -1) };
  const range = { from: startOfDay(months.first, timeZone), to: startOfDay(months.end, timeZone), days };
  const users =
    count === 1 ? null : await ask.usersOfMonths(db, { tenantId, timeZone, range, built }, months);
  const none = { users: 0, callingUsers: 0, eventUsers: 0 };
  return {
    sums: new Map(
      sums.map((row) => [row.feature, users ? { ...row, ...(users.get(row.feature) ?? none) } : row]),
    ),
    everybody:
      count === 1
        ? await everybodyOf(db, tenantId, months)
        : await ask.everybodyOfMonths(db, { tenantId, months }),
    conversions: await ask.conversionsOfMonths(db, { tenantId, months }),
  };
}
type Stretch = Awaited<ReturnType<typeof stretchOf>>;

const totalUsd = ({ sums }: Stretch) =>
  usdText([...sums.values()].reduce((sum, { costUsd }) => sum.plus(costUsd), new Usd(0)));

function valueIn(stretch: Stretch, feature: string, wholeUsd: string, minUsers: number) {
  const sums = stretch.sums.get(feature) ?? noSums(feature);
  const value = valueOf(sums, stretch.conversions.get(feature) ?? null);
  return {
    ...value,
    costShare: shareOf(value.costUsd, wholeUsd),
    /** Of all who were active in the months; null: too few of them, or nobody says who used it. */
    adoption: adoptionOf(value.activeUsers, stretch.everybody, minUsers),
  };
}

function monthAsked(month: string | undefined, today: LocalDay): string {
  const running = today.slice(0, 7);
  if (month !== undefined && month > running)
    throw new DomainError("INVALID_INPUT", "That month has not begun.", { field: "month" });
  return month ?? running;
}

/**
 * What each feature brought in whole months, beside the months before: uses, users, and what each of them, each success and
 * each conversion cost. A feature that anybody said something of, or that was used within the trend, is listed with its
 * zeros. Counts are of the activity (`told` says up to when), all of one moment.
 * @throws DomainError INVALID_INPUT for a month that has not begun
 */
export async function featureValue(ctx: Ctx, input: FeatureValueInput) {
  requireRight(ctx.actor, "reports:read");
  const asked = FeatureValueInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  const months = monthsUpTo(monthAsked(asked.month, today), asked.months);
  const periods = trendPeriods(months.now, today, asked.trend);
  const span = { grain: asked.trend, first: periods[0] ?? today, last: periods.at(-1) ?? today };
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const told = await toldOf(db, ctx, span.first);
    const { minUsers } = await retentionSettings(db, tenantId);
    const settings = new Map((await featureSettings(db, tenantId)).map((one) => [one.feature, one]));
    const now = await stretchOf(db, ctx, built, months.now, asked.months);
    const before = await stretchOf(db, ctx, built, months.before, asked.months);
    const points = await ask.trendOfFeatures(db, tenantId, span);
    const everybody = await ask.trendOfEverybody(db, tenantId, span);
    const trendOf = adoptionTrends(periods, points, everybody, minUsers);
    const names = new Set([...now.sums, ...before.sums, ...settings].map(([feature]) => feature));
    for (const { feature } of points) names.add(feature);
    const hasBefore = before.sums.size > 0;
    const [wholeUsd, wholeBeforeUsd] = [totalUsd(now), totalUsd(before)];
    const features = [...names]
      .filter((feature) => feature !== "")
      .map((feature) => ({
        ...valueIn(now, feature, wholeUsd, minUsers),
        /** Null: nothing is known of those months. */
        before: hasBefore ? valueIn(before, feature, wholeBeforeUsd, minUsers) : null,
        trend: trendOf(feature),
        setting: settings.get(feature) ?? unsaid(feature),
      }))
      .sort(
        (one, other) =>
          other.uses - one.uses ||
          new Usd(other.costUsd).cmp(one.costUsd) ||
          (one.feature < other.feature ? -1 : 1),
      );
    const all = [...now.sums.values()];
    const sumOf = (count: (one: (typeof all)[number]) => number) =>
      all.reduce((sum, one) => sum + count(one), 0);
    return {
      /** The most used first. */
      features,
      /** Calls and events without a feature. */
      unattributed: valueIn(now, "", wholeUsd, minUsers),
      total: {
        calls: sumOf(({ calls }) => calls),
        uses: sumOf(usesOf),
        unpricedCalls: sumOf(({ unpricedCalls }) => unpricedCalls),
        costUsd: wholeUsd,
        /** Each once, whatever they used. */
        activeUsers: now.everybody,
      },
      before: hasBefore ? { costUsd: wholeBeforeUsd, activeUsers: before.everybody } : null,
      months: {
        first: months.now.first,
        last: addDays(months.now.end, -1),
        isRunning: today < months.now.end,
      },
      trend: { grain: asked.trend, periods },
      /** Of fewer active users no share is claimed. */
      minUsers,
      told,
      watermark,
      timeZone,
    };
  });
}

export type FeatureValue = Awaited<ReturnType<typeof featureValue>>["features"][number];

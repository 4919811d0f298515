import { readFreshness } from "@/server/analytics/freshness";
import { nameOf, subjectCosts } from "@/server/budgets/histories";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { addMonths, firstOfMonth, lastOfMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { featureSettings } from "@/server/features/settings";
import type { Period } from "@/server/forecast/costs";
import { foretell } from "@/server/forecast/weekday-aware";
import { Usd, usdText } from "@/server/prices/decimal";
import { retentionSettings } from "@/server/retention/settings";
import { told } from "./baseline";
import { limits } from "./constants";
import { evidenceOf, type FeatureFacts, middleOf, nothingCounted, usesOf } from "./evidence";
import * as queries from "./evidence-query";
import { guardOf } from "./guard";
import type { ReviewMonth } from "./month";
import { rankFeatures } from "./rank";
import type { Expected, KillItem } from "./schemas";
import { suggest } from "./suggest";
import { dearestUsers, sharedUsers } from "./users-query";

/** What each feature will cost in a month to come, as it was known at `ctx.now`. */
async function forecasts(ctx: Ctx, db: Db, features: readonly string[], month: Period) {
  const subjects = features.map((key) => ({ kind: "feature" as const, key }));
  const costs = await subjectCosts(db, ctx, subjects, await readFreshness(db, ctx));
  return new Map<string, Expected | null>(
    subjects.map((subject) => {
      const history = costs.get(nameOf(subject))?.history;
      const forecast = history ? foretell(history, month).forecast : null;
      return [subject.key, forecast && told(forecast)];
    }),
  );
}

/** Each feature's months, those that lie before anything was known left empty. */
async function loadMonths(db: Db, tenantId: string, month: ReviewMonth, knownSince: LocalDay | null) {
  const firsts = Array.from({ length: limits.monthsShown + 1 }, (_, at) =>
    addMonths(month.first, at - limits.monthsShown),
  );
  const earliest = await queries.earliestMonths(db, tenantId);
  const knownFrom = [...earliest.values()].toSorted()[0];
  const rows = await queries.monthsOfFeatures(db, tenantId, {
    first: firsts[0] ?? month.first,
    last: month.first,
  });
  const found = new Map(rows.map((row) => [`${row.month} ${row.feature}`, row]));
  const names = [...new Set(rows.map(({ feature }) => feature))].filter((name) => name !== "");
  const months = new Map(
    names.map((feature): [string, FeatureFacts["months"]] => [
      feature,
      firsts.map((first) => ({
        month: first,
        counted:
          knownFrom === undefined || first < knownFrom
            ? null
            : (found.get(`${first} ${feature}`) ?? nothingCounted),
        isPartial: knownSince !== null && first < knownSince && firstOfMonth(knownSince) === first,
      })),
    ]),
  );
  const total = rows
    .filter((row) => row.month === month.first)
    .reduce((sum, { costUsd }) => sum.plus(costUsd), new Usd(0));
  return { months, earliest, totalUsd: usdText(total) };
}

function rank(months: ReadonlyMap<string, FeatureFacts["months"]>) {
  return rankFeatures(
    [...months].map(([feature, all]) => {
      const own = all.at(-1)?.counted ?? nothingCounted;
      return {
        feature,
        uses: usesOf(own),
        usesBefore: all
          .slice(-1 - limits.monthsRemembered, -1)
          .map(({ counted }) => (counted ? usesOf(counted) : 0)),
        hasCost: own.unpricedCalls > 0 || !new Usd(own.costUsd).isZero(),
      };
    }),
  );
}

/**
 * Every feature that counts in a month, ranked, with its evidence and what is suggested.
 * @param ctx its `now` is the moment as of which the next month is foretold
 * @param knownSince local day of the tenant's first call
 */
export async function takeFeatures(
  ctx: Ctx,
  db: Db,
  month: ReviewMonth,
  knownSince: LocalDay | null,
): Promise<KillItem[]> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const { months, earliest, totalUsd } = await loadMonths(db, tenantId, month, knownSince);
  const places = rank(months);
  const bottom = places.filter(({ isBottom }) => isBottom).map(({ feature }) => feature);
  const settings = new Map((await featureSettings(db, tenantId)).map((one) => [one.feature, one]));
  const { minUsers } = await retentionSettings(db, tenantId);
  const events = await queries.eventsOfFeatures(db, tenantId, month.first);
  const kin = await queries.kinOfFeatures(db, tenantId, month);
  const youngSince = firstOfMonth(addDays(month.last, -limits.newDays));
  const firstUses = await queries.firstUses(db, { tenantId, timeZone }, youngSince, month);
  const dearest = await dearestUsers(db, tenantId, bottom, month);
  const shared = await sharedUsers(db, tenantId, bottom, month);
  const ahead = { first: month.end, last: lastOfMonth(month.end) };
  const expected = await forecasts(ctx, db, places.map(({ feature }) => feature), ahead); // prettier-ignore
  const all = places.map(({ feature }) =>
    evidenceOf({
      feature,
      months: months.get(feature) ?? [],
      totalUsd,
      setting: settings.get(feature) ?? null,
      events: new Map(
        events.filter((one) => one.feature === feature).map(({ event, count }) => [event, count]),
      ),
      forecast: expected.get(feature) ?? null,
      firstUsedOn: (earliest.get(feature) ?? "") < youngSince ? null : (firstUses.get(feature) ?? null),
      kin,
      shared,
      dearest: dearest.get(feature) ?? null,
    }),
  );
  const middle = middleOf(all);
  return places.flatMap((place, at) => {
    const own = all[at];
    if (!own) return [];
    const setting = settings.get(place.feature);
    const guarded = guardOf({
      month: month.first,
      protectedReason: setting?.protectedReason ?? null,
      seasonalMonths: setting?.seasonalMonths ?? [],
      firstUsedOn: own.firstUsedOn,
      knownSince,
    });
    const suggested = place.isBottom ? suggest(own, guarded, middle, minUsers) : null;
    return {
      ...place,
      guard: guarded?.guard ?? null,
      suggestion: suggested?.suggestion ?? null,
      evidence: { ...own, reason: suggested?.reason ?? null },
    };
  });
}

import { readFreshness, type WatermarkAnswer } from "@/server/analytics/freshness";
import { firstCall } from "@/server/analytics/first-call-query";
import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay, type LocalDay, daysBetween } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { backtest } from "@/server/forecast/backtest";
import { burnRate } from "@/server/forecast/burn-rate";
import { type Period, spentIn } from "@/server/forecast/costs";
import type { Forecast, ForecastReason } from "@/server/forecast/forecast";
import { forecastLine } from "@/server/forecast/line";
import { foretell, learn } from "@/server/forecast/weekday-aware";
import { Usd, usdText } from "@/server/prices/decimal";
import { ForecastInput, mostForecastDays } from "./forecast-schemas";
import { nameOf, subjectCosts } from "./histories";
import { budgetsInForce } from "./queries";
import type { Budget, BudgetSubject } from "./schemas";
import { periodOf, type ToldForecast, usedIn } from "./status";

export interface SubjectForecast {
  subject: BudgetSubject;
  /** Inclusive local days. */
  period: Period;
  /** Up to and with today. USD, decimal strings; null is a gap: before the tenant's first call. Today's is not whole. */
  days: { day: LocalDay; costUsd: string | null; soFarUsd: string; unpricedCalls: number }[];
  usedUsd: string;
  unpricedCalls: number;
  /** From today on: what each day and the period up to it will have cost, to the cent. Empty without a forecast. */
  line: { day: LocalDay; expectedUsd: string; soFarUsd: string; soFarLowUsd: string; soFarHighUsd: string }[];
  forecast: ToldForecast | null;
  /** The same at the present rate, as a line would go on. */
  burnRate: ToldForecast | null;
  /** Why there is no forecast; null for days that are over, too. */
  reason: ForecastReason | null;
  /** How good forecasts of this subject were, by days ahead; shares are decimal strings, null where none has come due. */
  pastErrors: {
    days: number;
    forecasts: number;
    covered: string | null;
    weekdayAware: string | null;
    burnRate: string | null;
  }[];
  /** The subject's budgets in force. */
  budgets: Budget[];
  watermark: WatermarkAnswer;
  timeZone: string;
}

const cents = (usd: number) => new Usd(usd).toDecimalPlaces(2).toFixed(2);
const parts = (share: number | null) => (share === null ? null : new Usd(share).toDecimalPlaces(4).toFixed());
type Known = Omit<Forecast, "reason"> & Partial<Pick<Forecast, "reason">>;
const told = (forecast: Known, earlierUsd: number): ToldForecast => ({
  method: forecast.method,
  reason: forecast.reason ?? null,
  expectedUsd: cents(forecast.expectedUsd + earlierUsd),
  lowUsd: cents(forecast.lowUsd + earlierUsd),
  highUsd: cents(forecast.highUsd + earlierUsd),
});

/** @throws DomainError INVALID_INPUT for days that are none or too many */
function periodAsked(asked: { month: string } | Period | undefined, today: LocalDay): Period {
  if (!asked) return periodOf(today, "month");
  if ("month" in asked) return periodOf(`${asked.month}-01`, "month");
  if (asked.last < asked.first)
    throw new DomainError("INVALID_INPUT", "The last day must not be before the first.", { field: "period" });
  return asked;
}

/**
 * What a subject has cost day by day in a month or in given days, what it will have cost by their end, and how good such
 * forecasts were.
 * @throws DomainError INVALID_INPUT for days that are none, too many, or more than a year from today
 */
export async function forecastSubject(ctx: Ctx, input: ForecastInput): Promise<SubjectForecast> {
  requireRight(ctx.actor, "budgets:read");
  const { subject, period: asked } = ForecastInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  const period = periodAsked(asked, today);
  const isFar = [period.first, period.last].some(
    (day) => Math.abs(daysBetween(today, day)) > mostForecastDays,
  );
  if (isFar)
    throw new DomainError("INVALID_INPUT", "Days must lie within a year of today.", { field: "period" });
  return ctx.db.read(async (db) => {
    const freshness = await readFreshness(db, ctx);
    const firstAt = await firstCall(db, tenantId);
    const costs = (await subjectCosts(db, ctx, [subject], freshness, period.first)).get(nameOf(subject));
    const used = usedIn(costs, period);
    // What is over is known, and needs no forecast.
    const history = period.last < today ? null : (costs?.history ?? null);
    // Of days longer ago than a level is learned from.
    const earlierUsd = history ? used.usd.toNumber() - spentIn(history, period) : 0;
    const learned = history && learn(history);
    const known = history && learned ? foretell(history, period, learned) : { forecast: null, reason: "no-cost-yet" as const }; // prettier-ignore
    const naive = history && burnRate(history, period);
    const budgets = await budgetsInForce(db, tenantId, ctx.now);
    return {
      subject,
      period,
      days: daysSoFar(costs, period, today, firstAt && localDay(firstAt, timeZone)),
      usedUsd: usdText(used.usd),
      unpricedCalls: used.unpricedCalls,
      line: (history && learned && known.forecast ? forecastLine(history, period, learned) : []).map(
        (point) => ({
          day: point.day,
          expectedUsd: cents(point.expectedUsd),
          soFarUsd: cents(point.soFarUsd + earlierUsd),
          soFarLowUsd: cents(point.soFarLowUsd + earlierUsd),
          soFarHighUsd: cents(point.soFarHighUsd + earlierUsd),
        }),
      ),
      forecast: known.forecast && told(known.forecast, earlierUsd),
      burnRate: naive && told(naive, earlierUsd),
      reason: period.last < today ? null : known.reason,
      pastErrors: (history && learned ? backtest(history, undefined, learned) : []).map((error) => ({
        days: error.days,
        forecasts: error.forecasts,
        covered: parts(error.covered),
        weekdayAware: parts(error.weekdayAware),
        burnRate: parts(error.burnRate),
      })),
      budgets: budgets.filter((budget) => nameOf(budget.subject) === nameOf(subject)),
      watermark: freshness.watermark,
      timeZone,
    };
  });
}

/** The period's days up to today; nothing is known before the tenant's first call. */
function daysSoFar(
  costs: Parameters<typeof usedIn>[0],
  period: Period,
  today: LocalDay,
  firstDay: LocalDay | null,
): SubjectForecast["days"] {
  const place = new Map(costs?.daily.days.map((day, at) => [day, at]));
  const days: SubjectForecast["days"] = [];
  let soFar = new Usd(0);
  for (let day = period.first; day <= period.last && day <= today; day = addDays(day, 1)) {
    const at = place.get(day);
    const usd = at === undefined ? "0" : (costs?.daily.exactUsd[at] ?? "0");
    soFar = soFar.plus(usd);
    const isKnown = firstDay !== null && day >= firstDay;
    days.push({
      day,
      costUsd: isKnown ? usd : null,
      soFarUsd: usdText(soFar),
      unpricedCalls: at === undefined ? 0 : (costs?.daily.unpricedCalls[at] ?? 0),
    });
  }
  return days;
}

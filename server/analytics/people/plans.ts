import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { MrrOwner } from "@/server/retention/schemas";
import { retentionSettings } from "@/server/retention/settings";
import type { WatermarkAnswer } from "../freshness";
import { resolveRange } from "../range";
import { shareOf } from "../share-of";
import { type ActivityTold, activityTold } from "./activity-told";
import { dayFreshness } from "./day-freshness";
import { type RevenueFrom, revenueFrom } from "./revenue-from";
import { loadPlans, type PlanRow } from "./plans-query";

/** Days of cost that a plan's monthly price is compared with. */
export const planDays = 30;

/** Amounts are decimal strings in USD. Who is charged is a user, or the account where the MRR told is the account's. */
export interface PlanFacts {
  /** Null: no plan was told. */
  plan: string | null;
  /** On the plan, with or without a call. */
  payers: number;
  /** The MRR of the one in the middle of those whose MRR is known; null: of nobody. */
  priceUsd: string | null;
  /** Of how many that is known. */
  priced: number;
  /** With a known cost in the last 30 days: whom everything below is of. */
  callers: number;
  /** With nothing but unpriced calls: in nothing below. */
  unknownCost: number;
  costUsd: string;
  unpricedCalls: number;
  /** What one of them cost, by nearest rank; null below the least number of users. */
  perPayer: { p50Usd: string; p90Usd: string; p95Usd: string; p99Usd: string; maxUsd: string } | null;
  /** Who costs more than the plan's price, of all callers, and how much beyond it; null below the least number, or without a price. */
  above: { payers: number; share: string | null; beyondUsd: string } | null;
}

export interface PlansAnswer {
  /** The dearest first. */
  plans: PlanFacts[];
  of: MrrOwner;
  revenueFrom: RevenueFrom;
  minUsers: number;
  activity: ActivityTold;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants of the last 30 local days, today among them. */
  from: string;
  to: string;
}

function factsOf({ percentiles, above, beyondUsd, ...row }: PlanRow, minUsers: number): PlanFacts {
  const isEnough = row.callers >= minUsers;
  const at = (percent: number) => percentiles[percent] ?? "0";
  return {
    ...row,
    perPayer: isEnough
      ? { p50Usd: at(50), p90Usd: at(90), p95Usd: at(95), p99Usd: at(99), maxUsd: at(100) }
      : null,
    above:
      isEnough && row.priceUsd !== null
        ? { payers: above, share: shareOf(above, row.callers), beyondUsd }
        : null,
  };
}

/** What each plan is sold for against what its users cost: under-priced power users. */
export async function plans(ctx: Ctx): Promise<PlansAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { id: tenantId, timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  const range = resolveRange(addDays(today, 1 - planDays), addDays(today, 1), timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await dayFreshness(db, ctx);
    const { mrrOf, minUsers } = await retentionSettings(db, tenantId);
    const rows = await loadPlans(db, { tenantId, timeZone, range, built, mrrOf });
    return {
      plans: rows.map((row) => factsOf(row, minUsers)),
      of: mrrOf,
      revenueFrom: await revenueFrom(db, ctx),
      minUsers,
      activity: await activityTold(db, ctx),
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}

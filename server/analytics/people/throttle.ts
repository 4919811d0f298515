import type { z } from "zod";
import { hasRight, requireRight } from "@/server/auth/permissions";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import type { RetentionSettings } from "@/server/retention/schemas";
import type { UserState } from "@/server/retention/state";
import { type QuotaSuggestion, suggestQuota } from "@/server/retention/suggest-quota";
import type { WatermarkAnswer } from "../freshness";
import { type ActivityTold, activityTold } from "./activity-told";
import { marginOf } from "./margin-of";
import { peopleQuestion } from "./people-question";
import { type ThrottleGroup, ThrottleInput } from "./people-schemas";
import { type Quota, quotasOf } from "./quotas-query";
import { type RevenueFrom, revenueFrom } from "./revenue-from";
import { loadStanding, type Standing } from "./standing-query";
import { type Listed, loadThrottle } from "./throttle-query";

/** Amounts are decimal strings in USD. */
export interface ThrottleRow {
  user: string;
  accountId: string | null;
  plan: string | null;
  state: UserState;
  /** The last local day with a call or an event. */
  lastDay: LocalDay | null;
  /** What a user is judged by: who left by all their time, others by the last 90 days. */
  basis: "lifetime" | "recent";
  /** Of the basis. Unpriced calls are in no cost. */
  costUsd: string;
  unpricedCalls: number;
  recentCostUsd: string;
  lifetimeCostUsd: string;
  /** Of the basis; null: unknown. */
  revenueUsd: string | null;
  marginUsd: string | null;
  marginShare: string | null;
  /** A month, as the app told it last; where it is the account's, an even share of it. Null: unknown. */
  mrrUsd: string | null;
  /** Cost less revenue. Null where the revenue is unknown: the loss is the cost at most, and the row is ranked by that. */
  lossUsd: string | null;
  /** What nine of ten others cost at most in such a stretch; null where they are too few to say. */
  p90Usd: string | null;
  suggestion: QuotaSuggestion | null;
  /** The monthly budget in force; null: there is none, or one may not see budgets. */
  quota: Pick<Quota, "id" | "amountUsd" | "enforcement"> | null;
}

export interface ThrottleAnswer {
  group: ThrottleGroup;
  /** The greatest loss first. */
  rows: ThrottleRow[];
  groups: Standing["groups"];
  /** Null: who was there when has never been counted, so that nobody can be listed either. */
  states: Standing["states"] | null;
  /** Of whom an app told something (identify), and of how many what they pay. */
  told: Standing["told"];
  revenueFrom: RevenueFrom;
  /** With a known cost in the last 90 days, and ever: whom the p90 is of. */
  peers: Standing["peers"];
  settings: RetentionSettings;
  today: LocalDay;
  activity: ActivityTold;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants of the last 90 days. */
  from: string;
  to: string;
}

const rowOf = (listed: Listed, minUsers: number, quotas: ReadonlyMap<string, Quota>): ThrottleRow => {
  const { planUsers, planMedianUsd, allUsers, allMedianUsd, ...row } = listed;
  return {
    ...row,
    basis: row.state === "churned" ? "lifetime" : "recent",
    ...marginOf(row.revenueUsd, row.costUsd),
    lossUsd: row.revenueUsd === null ? null : usdText(new Usd(row.costUsd).minus(row.revenueUsd)),
    suggestion: suggestQuota({
      mrrUsd: row.mrrUsd,
      plan: { users: planUsers, medianUsd: planMedianUsd },
      everybody: { users: allUsers, medianUsd: allMedianUsd },
      minUsers,
    }),
    quota: quotas.get(row.user) ?? null,
  };
};

const nobody = { users: 0, costUsd: "0", lossUsd: "0" };

/**
 * Dear users who are not worth it: those that left or are about to, and those that stay and cost more than they pay. Dear is
 * who costs more than nine of ten others (with too few others nobody is); who is known to pay for it is not listed, and
 * below the tenant's least number of users only who is known to cost more than they pay. One ranking, by loss.
 */
export async function throttle(ctx: Ctx, input: z.input<typeof ThrottleInput>): Promise<ThrottleAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { group, offset, limit } = ThrottleInput.parse(input);
  return ctx.db.read(async (db) => {
    const { question, watermark } = await peopleQuestion(db, ctx);
    const { settings, range, timeZone, tenantId, today } = question;
    const activity = await activityTold(db, ctx);
    const isCounted = activity.refreshedAt !== null;
    const listed = isCounted ? await loadThrottle(db, question, group, offset, limit) : [];
    const { groups, states, told, peers } = await loadStanding(db, question, []);
    const mayRead = hasRight(ctx.actor, "budgets:read");
    const quotas = mayRead ? await quotasOf(db, tenantId, listed.map(({ user }) => user)) : new Map<string, Quota>(); // prettier-ignore
    return {
      group,
      rows: listed.map((one) => rowOf(one, settings.minUsers, quotas)),
      groups: isCounted ? groups : { leaving: nobody, active: nobody },
      states: isCounted ? states : null,
      told,
      revenueFrom: await revenueFrom(db, ctx),
      peers,
      settings,
      today,
      activity,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}

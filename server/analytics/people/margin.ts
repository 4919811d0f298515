import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { monthStretch } from "@/server/retention/revenue-months";
import type { MrrOwner } from "@/server/retention/schemas";
import { retentionSettings } from "@/server/retention/settings";
import type { WatermarkAnswer } from "../freshness";
import { resolveRange } from "../range";
import { type ActivityTold, activityTold } from "./activity-told";
import { dayFreshness } from "./day-freshness";
import { loadMarginPage, loadMarginTotals, type MarginGroup, type MarginQuestion } from "./margin-query";
import { type MarginGrouping, MarginInput } from "./people-schemas";
import { marginOf } from "./margin-of";
import { type RevenueFrom, revenueFrom } from "./revenue-from";

/** Decimal strings in USD. Missing revenue is null and never nothing. */
export interface MarginRow {
  /** Null: without a plan or an account. */
  key: string | null;
  /** By user: whose, as far as known. */
  accountId: string | null;
  plan: string | null;
  /** Of the group, with a call or a revenue in the range. */
  users: number;
  calls: number;
  costUsd: string;
  /** Calls that are in no cost. */
  unpricedCalls: number;
  /** Of the users whose revenue is known. */
  revenueUsd: string | null;
  /** Revenue less what those users cost, whose revenue it is. */
  marginUsd: string | null;
  /** Of the revenue; null where that is nothing. Below -1 somebody costs more than twice what they pay. */
  marginShare: string | null;
  /** Users whose revenue nobody knows, and what they cost: in no margin. */
  unknown: { users: number; costUsd: string };
}

export interface MarginAnswer {
  by: MarginGrouping;
  rows: MarginRow[];
  /** How many rows there are in all. */
  groups: number;
  total: {
    /** Everything that the tenant's calls cost: the three parts below. */
    costUsd: string;
    calls: number;
    unpricedCalls: number;
    /** Users whose revenue is known. */
    known: {
      users: number;
      costUsd: string;
      revenueUsd: string;
      marginUsd: string;
      marginShare: string | null;
    };
    unknown: { users: number; costUsd: string; unpricedCalls: number };
    /** Calls that name no user (by account: neither a user nor an account). */
    nobody: { calls: number; costUsd: string; unpricedCalls: number };
    /** Of the known: who cost more than they pay, and by how much. */
    losing: { users: number; lossUsd: string };
    /** Of the known: who pay and have no call. */
    idle: { users: number; revenueUsd: string };
    /** Accounts that pay, by Stripe, and of whom no user is known: by user and by plan they are in nothing else. */
    userless: { accounts: number; revenueUsd: string };
  };
  mrrOf: MrrOwner;
  revenueFrom: RevenueFrom;
  activity: ActivityTold;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
}

function rowOf({ knownCostUsd, unknownUsers, ...group }: MarginGroup): MarginRow {
  const { key, accountId, plan, users, calls, costUsd, unpricedCalls, revenueUsd } = group;
  return {
    key,
    accountId,
    plan,
    users,
    calls,
    costUsd,
    unpricedCalls,
    revenueUsd,
    ...marginOf(revenueUsd, knownCostUsd),
    unknown: { users: unknownUsers, costUsd: usdText(new Usd(costUsd).minus(knownCostUsd)) },
  };
}

/**
 * Revenue against cost, by user, account or plan. Revenue is the MRR that an app told last, earned evenly over each local
 * month from the day of sign-up on, up to now; what was paid before it was told otherwise nobody knows. Where Stripe's
 * subscriptions tell what an account pays, that counts instead, from when they began. Where the MRR is the account's, each of its users counts with an even share of it, and the shares add up to it exactly.
 * @throws DomainError INVALID_INPUT for a range that could only be answered partially
 */
export async function margin(ctx: Ctx, input: z.input<typeof MarginInput>): Promise<MarginAnswer> {
  requireRight(ctx.actor, "reports:read");
  const parsed = MarginInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(parsed.from, parsed.to, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await dayFreshness(db, ctx);
    const { mrrOf } = await retentionSettings(db, tenantId);
    const months = monthStretch(range, timeZone, ctx.now);
    const question: MarginQuestion = { ...parsed, tenantId, timeZone, range, built, mrrOf, months };
    const page = await loadMarginPage(db, question);
    const all = await loadMarginTotals(db, question);
    return {
      by: parsed.by,
      rows: page.map(rowOf),
      groups: page[0]?.groups ?? 0,
      total: {
        costUsd: all.costUsd,
        calls: all.calls,
        unpricedCalls: all.unpricedCalls,
        known: {
          users: all.knownUsers,
          costUsd: all.knownCostUsd,
          revenueUsd: all.revenueUsd,
          ...marginOf(all.revenueUsd, all.knownCostUsd),
        },
        unknown: {
          users: all.unknownUsers,
          costUsd: all.unknownCostUsd,
          unpricedCalls: all.unknownUnpricedCalls,
        },
        nobody: {
          calls: all.nobodyCalls,
          costUsd: all.nobodyCostUsd,
          unpricedCalls: all.nobodyUnpricedCalls,
        },
        losing: { users: all.losingUsers, lossUsd: all.lossUsd },
        idle: { users: all.idleUsers, revenueUsd: all.idleRevenueUsd },
        userless: { accounts: all.userlessAccounts, revenueUsd: all.userlessRevenueUsd },
      },
      mrrOf,
      revenueFrom: await revenueFrom(db, ctx),
      activity: await activityTold(db, ctx),
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
    };
  });
}

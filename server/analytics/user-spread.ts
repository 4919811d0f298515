import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { type CostBucket, fillBuckets } from "./cost-histogram";
import { readFreshness, type WatermarkAnswer } from "./freshness";
import { resolveRange } from "./range";
import { shareOf } from "./share-of";
import { loadSpread, type Spread } from "./user-spread-query";
import { UserSpreadInput } from "./user-spread-schemas";

/** The dearest of the users whose cost is known, ⌈so many per cent⌉ of them; equal costs by key. */
interface TopUsers {
  users: number;
  /** USD, as every amount here. */
  costUsd: string;
  /** Of the cost of all users, "0" to "1"; null when that is nothing. */
  costShare: string | null;
}

export interface UserSpread {
  users: {
    /** With calls in the stretch. */
    count: number;
    /** Of those: of whom no call could be priced. Their cost is not known, and they are in nothing below. */
    unpricedOnly: number;
    /** With a known cost of nothing. */
    zeroCost: number;
  };
  /** Calls of users. `unpricedCalls` are in no cost. */
  calls: number;
  costUsd: string;
  unpricedCalls: number;
  /** Calls that name no user: nobody's, and in nothing else here. */
  nobody: { calls: number; costUsd: string; unpricedCalls: number };
  /**
   * What a user cost; null without users whose cost is known. The mean is rounded at 18 decimals. Percentiles are by
   * nearest rank: somebody's own cost.
   */
  perUser: {
    meanUsd: string;
    p50Usd: string;
    p75Usd: string;
    p90Usd: string;
    p95Usd: string;
    p99Usd: string;
    maxUsd: string;
  } | null;
  top1: TopUsers;
  top10: TopUsers;
  /** Users by what they cost, 1-2-5 × 10^k; those of no cost are in `users.zeroCost`. */
  histogram: CostBucket[];
}

export interface UserSpreadAnswer extends UserSpread {
  by: "user" | "account";
  /** Of the stretch compared with; null when nothing is compared. */
  previous: UserSpread | null;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
  compare: { from: string; to: string } | null;
}

function perUser({ people, percentiles, costUsd }: Spread): UserSpread["perUser"] {
  if (people === 0) return null;
  const at = (percent: number) => percentiles[percent] ?? "0";
  return {
    meanUsd: usdText(new Usd(costUsd).div(people)),
    p50Usd: at(50),
    p75Usd: at(75),
    p90Usd: at(90),
    p95Usd: at(95),
    p99Usd: at(99),
    maxUsd: at(100),
  };
}

function described(spread: Spread): UserSpread {
  const { costUsd } = spread;
  return {
    users: {
      count: spread.people + spread.unpricedOnly,
      unpricedOnly: spread.unpricedOnly,
      zeroCost: spread.zeroCost,
    },
    calls: spread.calls,
    costUsd,
    unpricedCalls: spread.unpricedCalls,
    nobody: {
      calls: spread.nobodyCalls,
      costUsd: spread.nobodyCostUsd,
      unpricedCalls: spread.nobodyUnpricedCalls,
    },
    perUser: perUser(spread),
    top1: {
      users: spread.top1Users,
      costUsd: spread.top1CostUsd,
      costShare: shareOf(spread.top1CostUsd, costUsd),
    },
    top10: {
      users: spread.top10Users,
      costUsd: spread.top10CostUsd,
      costShare: shareOf(spread.top10CostUsd, costUsd),
    },
    histogram: fillBuckets(spread.buckets),
  };
}

/**
 * How the cost is spread over users (or accounts): how many there are, what a typical one and the dearest cost, and how much
 * of it the top 1 % are. The list itself is `reports.breakdown` by user.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially
 */
export async function userSpread(
  ctx: Ctx,
  input: z.input<typeof UserSpreadInput>,
): Promise<UserSpreadAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { by, filter, from, to, compare } = UserSpreadInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  const compared = compare ? resolveRange(compare.from, compare.to, timeZone) : null;
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { tenantId, timeZone, built, by, filter };
    const previous = compared && described(await loadSpread(db, { ...question, range: compared }));
    return {
      by,
      ...described(await loadSpread(db, { ...question, range })),
      previous,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString() },
    };
  });
}

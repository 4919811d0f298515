import { Decimal } from "decimal.js";
import { shareOf, sumUsd } from "@/app/_format/money";
import type { BreakdownRow } from "@/server/analytics/schemas";

/** Nobody is told to be out of proportion to fewer people. */
export const fewestPeople = 10;
const timesMedian = 10;
const timesP99 = 2;

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

export interface Spread {
  users: { count: number; unpricedOnly: number };
  /** USD of all people. */
  costUsd: string;
  perUser: { p50Usd: string; p99Usd: string } | null;
}

export interface Excess<Row> {
  /** Whoever costs more is in the list. */
  limitUsd: string;
  /** What the limit is: so many times the median, or the 99th percentile. */
  limit: { times: number; of: "median" | "p99" };
  /** The dearest first, each with how many times the median; null where that is nothing. */
  people: (Row & { key: string; timesMedian: number | null })[];
  /** Of all of them. */
  costUsd: string;
  /** Fraction of what all people cost. */
  costShare: number | null;
  /** What they cost beyond the limit, which would have been saved by it. */
  beyondUsd: string;
  /** The rows end before the list does: there are more. */
  isCutOff: boolean;
}

/** The lower of both, for either is out of proportion; a median of nothing tells nothing. */
function limitOf({ p50Usd, p99Usd }: { p50Usd: string; p99Usd: string }) {
  const ofMedian = { usd: new Exact(p50Usd).times(timesMedian), times: timesMedian, of: "median" } as const;
  const ofP99 = { usd: new Exact(p99Usd).times(timesP99), times: timesP99, of: "p99" } as const;
  return ofMedian.usd.isZero() || ofP99.usd.lt(ofMedian.usd) ? ofP99 : ofMedian;
}

/**
 * Who costs more than ten times the median or twice the 99th percentile, whichever is less. Null with too few people to say.
 * @param rows of reports.breakdown by cost, the dearest first
 * @param groups how many rows there are in all
 */
export function excessOf<Row extends Pick<BreakdownRow, "key" | "current">>(
  rows: readonly Row[],
  groups: number,
  { users, costUsd, perUser }: Spread,
): Excess<Row> | null {
  if (!perUser || users.count - users.unpricedOnly < fewestPeople) return null;
  const { usd, times, of } = limitOf(perUser);
  const median = new Exact(perUser.p50Usd);
  const people = rows.flatMap((row) => {
    const { key, current } = row;
    if (key === null || !usd.isPositive() || usd.isZero() || usd.gte(current.costUsd)) return [];
    const multiple = median.isZero() ? null : new Exact(current.costUsd).div(median).toNumber();
    return [{ ...row, key, timesMedian: multiple }];
  });
  const sum = sumUsd(people.map(({ current }) => current.costUsd));
  const last = rows.at(-1);
  return {
    limitUsd: usd.toFixed(),
    limit: { times, of },
    people,
    costUsd: sum,
    costShare: shareOf(sum, costUsd),
    beyondUsd: new Exact(sum).minus(usd.times(people.length)).toFixed(),
    isCutOff: groups > rows.length && last !== undefined && usd.lt(last.current.costUsd),
  };
}

import { localDay } from "@/server/calendar/local-day";
import { type ClosedMonth, closedMonthOf } from "@/server/periods/closed-month";
import { Usd, usdText } from "@/server/prices/decimal";
import { type Change, decideChange, deltaOf, type KnownPrice } from "./decide-change";
import { type BookPrice, keyOf, type PriceOf, type StoredCall } from "./stored-call";

/** A call whose row, or whose correction, gets this price. */
export interface PricedAnew extends Omit<BookPrice, "costUsd"> {
  occurredAt: string;
  callId: string;
  costUsd: string | null;
  deltaUsd: string;
  /** YYYY-MM */
  month: string;
}

/** What changes, by what people ask for. */
export interface Delta {
  /** YYYY-MM of the tenant's zone; of a closed month, the one that it was closed as. */
  month: string;
  closed: boolean;
  /** '' is none. */
  feature: string;
  provider: string;
  model: string;
  calls: number;
  newlyPriced: number;
  /** USD, decimal strings. */
  beforeUsd: string;
  afterUsd: string;
}

export interface ChunkPlan {
  /** Of open months: the rows themselves change. */
  updates: PricedAnew[];
  /** Of closed months, and of calls that were corrected once: the rows stay. */
  corrections: PricedAnew[];
  deltas: Delta[];
  changed: number;
  deltaUsd: string;
}

export interface ChunkFacts {
  rows: readonly StoredCall[];
  priceOf: PriceOf;
  closed: readonly ClosedMonth[];
  /** What calls cost by earlier corrections, by key; also of months that were opened again since. */
  corrected: ReadonlyMap<string, KnownPrice>;
  timeZone: string;
  onlyUnpriced: boolean;
}

interface OpenDelta extends Omit<Delta, "beforeUsd" | "afterUsd"> {
  before: Usd;
  after: Usd;
}

/** What a chunk of calls comes to when it is priced anew: which rows change, which get a correction, and how much that is. */
export function planChunk(facts: ChunkFacts): ChunkPlan {
  const plan: ChunkPlan = { updates: [], corrections: [], deltas: [], changed: 0, deltaUsd: "0" };
  const deltas = new Map<string, OpenDelta>();
  const monthOf = rememberMonths(facts.timeZone);
  let total = new Usd(0);
  for (const row of facts.rows) {
    const at = new Date(row.occurredAt);
    const closed = closedMonthOf(facts.closed, at);
    const corrected = facts.corrected.get(keyOf(row));
    const before = corrected ?? row;
    // A row that changed beside its corrections would count what they say twice.
    const isFrozen = closed !== null || corrected !== undefined;
    if (facts.onlyUnpriced && before.costUsd !== null) continue;
    const price = facts.priceOf(row);
    const change = price && decideChange(before, price, isFrozen);
    if (!change) continue;
    const month = closed?.month ?? monthOf(at);
    const { occurredAt, callId } = row;
    const anew = { ...price, occurredAt, callId, deltaUsd: deltaOf(change), month };
    (isFrozen ? plan.corrections : plan.updates).push(anew);
    addDelta(deltas, row, change, { month, closed: isFrozen });
    plan.changed += 1;
    total = total.plus(change.afterUsd).minus(change.beforeUsd);
  }
  plan.deltas = [...deltas.values()].map(({ before, after, ...delta }) => ({
    ...delta,
    beforeUsd: usdText(before),
    afterUsd: usdText(after),
  }));
  plan.deltaUsd = usdText(total);
  return plan;
}

function addDelta(
  deltas: Map<string, OpenDelta>,
  { feature, provider, model }: StoredCall,
  change: Change,
  { month, closed }: Pick<Delta, "month" | "closed">,
): void {
  const key = JSON.stringify([month, closed, feature, provider, model]);
  const sum = deltas.get(key) ?? {
    month,
    closed,
    feature: feature ?? "",
    provider,
    model,
    calls: 0,
    newlyPriced: 0,
    before: new Usd(0),
    after: new Usd(0),
  };
  sum.calls += 1;
  sum.newlyPriced += change.newlyPriced ? 1 : 0;
  sum.before = sum.before.plus(change.beforeUsd);
  sum.after = sum.after.plus(change.afterUsd);
  deltas.set(key, sum);
}

/** Zones change by quarter hours at the finest, so one look-up serves all calls of one. */
function rememberMonths(timeZone: string): (at: Date) => string {
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at.getTime() / 900_000);
    const month = known.get(quarter) ?? localDay(at, timeZone).slice(0, 7);
    known.set(quarter, month);
    return month;
  };
}

import { Decimal } from "decimal.js";
import { toGeometry } from "@/app/_format/money";
import type { WhyCause } from "@/server/analytics/why-schemas";

export interface WaterfallRow {
  key: "before" | "after" | WhyCause;
  kind: "total" | "up" | "down";
  /** USD, decimal string: the total, or what the cause adds. */
  usd: string;
  /** Where its bar begins and ends, 0 to 1 of the width. */
  from: number;
  to: number;
  /** Where the running amount stands after it, 0 to 1. */
  level: number;
}

export interface Waterfall {
  rows: WaterfallRow[];
  /** USD at the left edge, decimal string, where it is not zero. */
  axisFromUsd: string | null;
}

interface WaterfallInput {
  beforeUsd: string;
  afterUsd: string;
  /** In the order in which they are to be drawn; those of nothing are left out. */
  causes: readonly { cause: WhyCause; usd: string }[];
}

const Exact = Decimal.clone({ precision: 60 });

/** Below this share of the whole a change would not be seen beside it, so the axis begins further on. */
const seen = 0.4;
/** So much of what moves is left before the lowest point. */
const margin = 0.35;

function axisFrom(lowest: Decimal, highest: Decimal): Decimal {
  const moved = highest.minus(lowest);
  if (lowest.lte(0)) return lowest;
  if (moved.isZero() || moved.gt(highest.times(seen))) return new Exact(0);
  const step = new Exact(10).pow(moved.log(10).floor());
  const at = lowest.minus(moved.times(margin)).div(step).floor().times(step);
  return at.isNegative() ? new Exact(0) : at;
}

/** From the cost before, cause by cause, to the cost after: each bar begins where the one above it ended. */
export function prepareWaterfall({ beforeUsd, afterUsd, causes }: WaterfallInput): Waterfall {
  const moved = causes.filter(({ usd }) => !new Exact(usd).isZero());
  const levels = [new Exact(beforeUsd)];
  for (const { usd } of moved) levels.push((levels.at(-1) ?? new Exact(0)).plus(usd));
  const [lowest, highest] = [Exact.min(...levels, afterUsd), Exact.max(...levels, afterUsd)];
  const left = axisFrom(lowest, highest);
  const width = highest.minus(left);
  const at = (usd: Decimal) => (width.isZero() ? 0 : toGeometry(usd.minus(left).div(width).toFixed()));
  const zero = at(Exact.max(left, 0));
  const total = (key: "before" | "after", usd: string): WaterfallRow => {
    const level = at(new Exact(usd));
    return { key, kind: "total", usd, from: Math.min(zero, level), to: Math.max(zero, level), level };
  };
  return {
    rows: [
      total("before", beforeUsd),
      ...moved.map(({ cause, usd }, i): WaterfallRow => {
        const [start, level] = [at(levels[i] ?? left), at(levels[i + 1] ?? left)];
        const kind = level < start ? "down" : "up";
        return { key: cause, kind, usd, from: Math.min(start, level), to: Math.max(start, level), level };
      }),
      total("after", afterUsd),
    ],
    axisFromUsd: left.gt(0) ? left.toFixed() : null,
  };
}

import { Decimal } from "decimal.js";
import type { FigureKind } from "@/app/_format/figures";

/** What every bucket tells. */
export interface CountedFigures {
  calls: number;
  unpricedCalls: number;
}

/** The point of a trend as reports.trend answers it. */
export interface TrendFigures extends CountedFigures {
  costUsd: string;
  inputTokens: number;
  outputTokens: number;
  unpricedTokens?: number;
}

/** A figure of a bucket: a sum, or one sum over another, so that several buckets can be told as one. */
export interface Measure<Figures extends CountedFigures> {
  label: string;
  kind: FigureKind;
  /** Null: these figures do not tell it. */
  sum: (figures: Figures) => string | null;
  per?: (figures: Figures) => number | null;
}

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

/**
 * The measure over all of the figures together, as a decimal string; a ratio is the ratio of the sums. Null where one of
 * them does not tell it, or there is nothing to divide by.
 */
export function measureOf<Figures extends CountedFigures>(
  { sum, per }: Measure<Figures>,
  figures: readonly Figures[],
): string | null {
  let above = new Exact(0);
  let below = 0;
  for (const one of figures) {
    const [amount, count] = [sum(one), per ? per(one) : 0];
    if (amount === null || count === null) return null;
    above = above.plus(amount);
    below += count;
  }
  if (!per) return above.toFixed();
  return below === 0 ? null : above.div(below).toDecimalPlaces(18).toFixed();
}

/** Nothing but unpriced calls: what they cost is not known, and not zero. */
const isUnknown = ({ calls, unpricedCalls }: CountedFigures) => calls > 0 && unpricedCalls === calls;

/** Cost of what has a price. */
export const costMeasure: Measure<TrendFigures> = {
  label: "Cost",
  kind: "usd",
  sum: (figures) => (isUnknown(figures) ? null : figures.costUsd),
};

export const callsMeasure: Measure<CountedFigures> = {
  label: "Calls",
  kind: "count",
  sum: ({ calls }) => String(calls),
};

export const tokensMeasure: Measure<TrendFigures> = {
  label: "Tokens in and out",
  kind: "count",
  sum: ({ inputTokens, outputTokens }) => String(inputTokens + outputTokens),
};

export const costPerCallMeasure: Measure<TrendFigures> = {
  label: "Cost per priced call",
  kind: "unitUsd",
  sum: ({ costUsd }) => costUsd,
  per: ({ calls, unpricedCalls }) => calls - unpricedCalls,
};

/** Tokens of calls without a price are left out below as their cost is above. */
export const costPerMillionTokensMeasure: Measure<TrendFigures> = {
  label: "Cost per 1M tokens",
  kind: "usd",
  sum: ({ costUsd }) => new Exact(costUsd).times(1_000_000).toFixed(),
  per: ({ inputTokens, outputTokens, unpricedCalls, unpricedTokens }) => {
    if (unpricedCalls > 0 && unpricedTokens === undefined) return null;
    return inputTokens + outputTokens - (unpricedTokens ?? 0);
  },
};

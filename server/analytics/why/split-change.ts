import type { Pair, WhyMeasure, WhyNote } from "../why-schemas";
import { Usd, usdDecimals } from "@/server/prices/decimal";
import { countOf, one } from "./fixed";
import { type Part, partsOf } from "./parts";
import { type Divisor, type RatesOf, splitWork } from "./split-work";
import type { Usage } from "./usage";
import { worksOf } from "./work";

export interface ChangeSplit {
  /** The measure in each stretch; null: no priced call to take an average of. */
  measured: Pair<Usd | null>;
  costs: Pair<Usd>;
  delta: Usd | null;
  /** The largest first; they add up to `delta`. */
  parts: Part[];
  notes: WhyNote[];
}

const costOf = (usages: readonly Usage[]) =>
  usages.reduce((sum, { costUsd }) => sum.plus(costUsd), new Usd(0));
const pricedCalls = (usages: readonly Usage[]) =>
  usages.reduce((sum, { calls, unpricedCalls }) => sum + calls - unpricedCalls, 0);

/** Rounded before the change is told, so that it is the change of what is shown. */
const average = (cost: Usd, calls: number) =>
  calls > 0 ? cost.div(calls).toDecimalPlaces(usdDecimals) : null;

/** Splits the change of a measure between two stretches of the same scope into its causes. */
export function splitChange(
  before: readonly Usage[],
  after: readonly Usage[],
  ratesOf: RatesOf,
  measure: WhyMeasure,
): ChangeSplit {
  const costs = [costOf(before), costOf(after)] as const;
  const calls = [pricedCalls(before), pricedCalls(after)] as const;
  const isAverage = measure === "costPerCall";
  const measured = isAverage ? ([average(costs[0], calls[0]), average(costs[1], calls[1])] as const) : costs;
  if (measured[0] === null || measured[1] === null) {
    return { measured, costs, delta: null, parts: [], notes: [] };
  }
  const divisor: Divisor = isAverage ? [countOf(calls[0]), countOf(calls[1])] : [one, one];
  const { works, notes } = worksOf(before, after);
  const splits = works.map((work) => splitWork(work, ratesOf, measure, divisor));
  const delta = measured[1].minus(measured[0]);
  return { measured, costs, delta, parts: partsOf(splits, ratesOf, delta), notes };
}

import type { Pair, WhyMeasure } from "../why-schemas";
import { countOf, type Fixed, one, over, times } from "./fixed";
import type { ListedRates, Priced } from "./listed-rates";
import { Shapley, sumTables } from "./shapley";
import { cellShares, priceSteps, promptTable, type SharedCell } from "./shares";
import { unitCosts } from "./unit-costs";
import type { Cell, Work, WorkSide } from "./work";

/** What the calls of a work add to the change, by cause. Together: its cost after less its cost before. */
export interface WorkSplit {
  work: Work;
  volume: Fixed;
  unpriced: Fixed;
  retries: Fixed;
  /** By a shift among prompts. */
  prompts: Fixed;
  /** By a shift among a prompt's versions. */
  versions: { prompt: string; amount: Fixed }[];
  modelMix: Fixed;
  tokens: Fixed;
  cache: Fixed;
  prices: { provider: string; model: string; amount: Fixed; worth: Pair<Fixed> }[];
}

/** What a measure divides by: 1, or the priced calls of everything asked for. */
export type Divisor = Pair<Fixed>;

export type RatesOf = (priced: Priced) => Pair<ListedRates | null>;

interface Calm {
  /** By how much a stretch's calls are scaled to the attempts that a request took in the calmer one. */
  scale: Pair<Fixed>;
}

/** Null: endless, attempts without a first one. Where nothing was asked, one is what a request needs. */
function attemptsPerRequest({ requests, attempts }: WorkSide): Fixed | null {
  if (requests > 0) return over(BigInt(attempts), BigInt(requests));
  return attempts === 0 ? one : null;
}

/** The attempts for each request of the calmer stretch are needed; what the other has beyond them is not. */
function calm([before, after]: Work["sides"]): Calm {
  const rates = [attemptsPerRequest(before), attemptsPerRequest(after)] as const;
  const scale = (own: Fixed | null, other: Fixed | null) => {
    if (other === null || (own !== null && own <= other)) return one;
    return own === null ? 0n : over(other, own);
  };
  return { scale: [scale(rates[0], rates[1]), scale(rates[1], rates[0])] };
}

const perCall = { scale: [one, one] } as const satisfies Calm;

/** How many calls, and the part of them that has a price; of an average call it is the share of all priced calls. */
function outerOf({ sides }: Work, { scale }: Calm, measure: WhyMeasure, divisor: Divisor) {
  if (measure === "costPerCall") {
    const share = (side: 0 | 1) => over(countOf(sides[side].priced), divisor[side]);
    return { calls: [share(0), share(1)], priced: [one, one] } as const;
  }
  const part = (side: 0 | 1) =>
    sides[side].attempts === 0 ? null : over(BigInt(sides[side].priced), BigInt(sides[side].attempts));
  const [before, after] = [part(0), part(1)];
  return {
    calls: [scale[0] * BigInt(sides[0].attempts), scale[1] * BigInt(sides[1].attempts)],
    priced: [before ?? after ?? one, after ?? before ?? one],
  } as const;
}

function partsBy(parts: readonly SharedCell[], keyOf: (cell: Cell) => string): SharedCell[][] {
  const groups = new Map<string, SharedCell[]>();
  for (const part of parts) {
    const group = groups.get(keyOf(part.cell));
    if (group) group.push(part);
    else groups.set(keyOf(part.cell), [part]);
  }
  return [...groups.values()];
}

/** The cost of the calls of both stretches at the prices of each, so that prices can be compared at the same work. */
function worthOf(parts: readonly SharedCell[]): Pair<Fixed> {
  const at = (price: 0 | 4) =>
    parts.reduce((sum, { cell, costs }) => {
      const calls = (cell.sides[0]?.calls ?? 0) + (cell.sides[1]?.calls ?? 0);
      return sum + ((costs[price] ?? 0n) + (costs[price + 3] ?? 0n)) * BigInt(calls);
    }, 0n);
  return [at(0), at(4)];
}

function sumOfSteps(parts: readonly SharedCell[]): Fixed[] {
  const sums: Fixed[] = [];
  for (const part of parts)
    priceSteps(part).forEach((step, size) => (sums[size] = (sums[size] ?? 0n) + step));
  return sums;
}

/**
 * Splits the change of a work's cost. First the retries: what the attempts beyond the calmer stretch's rate cost, at
 * what they did cost. The rest is calls × priced part × Σ shares × cost of a call, whose factors' Shapley values follow.
 */
export function splitWork(work: Work, ratesOf: RatesOf, measure: WhyMeasure, divisor: Divisor): WorkSplit {
  const { sides, cells } = work;
  const priced = cells.filter((cell) => cell.sides[0] !== null || cell.sides[1] !== null);
  const shares = cellShares(priced);
  const feature = work.feature === "" ? null : work.feature;
  const parts = priced.map((cell): SharedCell => {
    const costs = unitCosts(cell, ratesOf({ provider: cell.provider, model: cell.model, feature }));
    return { cell, costs, shares: shares(cell) };
  });
  const calmed = measure === "costPerCall" ? perCall : calm(sides);
  const shapley = new Shapley(outerOf(work, calmed, measure, divisor));
  const prompts = partsBy(parts, ({ prompt }) => prompt).map((own) => {
    return { prompt: own[0]?.cell.prompt ?? "", table: promptTable(own) };
  });
  const whole = sumTables(prompts.map(({ table }) => table));
  const { volume, unpriced } = shapley.ofOuter(whole);
  const beyond = (side: 0 | 1) => times(sides[side].cost, one - calmed.scale[side]);
  const uncounted = (side: 0 | 1) => over(sides[side].uncounted, divisor[side]);
  return {
    work,
    volume: volume + uncounted(1) - uncounted(0),
    unpriced,
    retries: beyond(1) - beyond(0),
    prompts: shapley.of("prompt", whole),
    versions: prompts.map(({ prompt, table }) => ({ prompt, amount: shapley.of("version", table) })),
    modelMix: shapley.of("modelMix", whole),
    tokens: shapley.of("tokens", whole),
    cache: shapley.of("cache", whole),
    prices: partsBy(parts, ({ provider, model }) => `${provider}\n${model}`).map((own) => ({
      provider: own[0]?.cell.provider ?? "",
      model: own[0]?.cell.model ?? "",
      amount: shapley.ofSteps(sumOfSteps(own)),
      worth: worthOf(own),
    })),
  };
}

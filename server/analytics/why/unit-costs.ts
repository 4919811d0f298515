import { type Bucket, buckets } from "@/server/prices/buckets";
import type { Pair } from "../why-schemas";
import { type Fixed, one, over, times } from "./fixed";
import type { ListedRates } from "./listed-rates";
import type { Cell, CellSide } from "./work";

/** The buckets of text input: a cache moves tokens between them. */
export const textInput = [
  "freshInputTokens",
  "cacheReadTokens",
  "cacheWrite5mTokens",
  "cacheWrite1hTokens",
] as const;
const others = [
  "audioInputTokens",
  "visibleOutputTokens",
  "reasoningTokens",
  "audioOutputTokens",
  "toolUnits",
] as const;

type Rates = Readonly<Record<Bucket | "request", Fixed>>;

/** A call of a cell in one stretch, as its cost is made up. */
interface Call {
  text: Fixed;
  /** How text input divides among its buckets; null without any. */
  split: readonly Fixed[] | null;
  others: readonly Fixed[];
}

const ratesFrom = (rate: (bucket: Bucket | "request") => Fixed | null | undefined): Rates =>
  Object.fromEntries([...buckets, "request" as const].map((name) => [name, rate(name) ?? 0n])) as Rates;
/** Without a price in the book every unit counts alike; without units, every call. */
const byUnit = ratesFrom((name) => (name === "request" ? 0n : one));
const byCall = ratesFrom((name) => (name === "request" ? one : 0n));

/** Hundreds of cells are of one model. */
const known = new WeakMap<ListedRates, Rates>();

function ratesOf(listed: ListedRates): Rates {
  const { buckets: own, request } = listed;
  const rates = known.get(listed) ?? ratesFrom((name) => (name === "request" ? request : own[name]));
  known.set(listed, rates);
  return rates;
}

function callOf({ calls, units }: CellSide): Call {
  const text = textInput.reduce((sum, bucket) => sum + units[bucket], 0n);
  return {
    text: text / BigInt(calls),
    split: text === 0n ? null : textInput.map((bucket) => over(units[bucket], text)),
    others: others.map((bucket) => units[bucket] / BigInt(calls)),
  };
}

const nothing: Call = { text: 0n, split: null, others: others.map(() => 0n) };
const allFresh = textInput.map((_, i) => (i === 0 ? one : 0n));

/** What a token of text input comes to. */
const textWorth = (split: readonly Fixed[], rates: Rates): Fixed =>
  textInput.reduce((sum, bucket, i) => sum + times(split[i] ?? 0n, rates[bucket]), 0n);

/** What a call comes to beside its text input. */
const restWorth = (rest: readonly Fixed[], rates: Rates): Fixed =>
  others.reduce((sum, bucket, i) => sum + times(rest[i] ?? 0n, rates[bucket]), rates.request);

/**
 * What a call comes to at the rates of a stretch, before the level of its prices: text input by whose split is taken, the
 * rest by whose tokens.
 */
interface Worth {
  texts: Pair<Fixed>;
  rests: Pair<Fixed>;
}

/** At the rates of each stretch. */
type Worths = Pair<Worth>;

function worthsBy(calls: Pair<Call>, splits: Pair<readonly Fixed[]>, rates: Pair<Rates>): Worths {
  const at = (price: 0 | 1): Worth => ({
    texts: [textWorth(splits[0], rates[price]), textWorth(splits[1], rates[price])],
    rests: [restWorth(calls[0].others, rates[price]), restWorth(calls[1].others, rates[price])],
  });
  return [at(0), at(1)];
}

/** A stretch's own call at its own rates. */
const ownWorth = (calls: Pair<Call>, worths: Worths, side: 0 | 1): Fixed =>
  times(calls[side].text, worths[side].texts[side]) + worths[side].rests[side];

/** At listed rates, unless they could not account for a cost that there is. */
function worthsOf(
  sides: Cell["sides"],
  calls: Pair<Call>,
  splits: Pair<readonly Fixed[]>,
  [before, after]: Pair<ListedRates | null>,
): Worths {
  const [first, second] = [before ?? after, after ?? before];
  const candidates: Pair<Rates>[] = [
    ...(first && second ? [[ratesOf(first), ratesOf(second)] as const] : []),
    [byUnit, byUnit],
  ];
  for (const rates of candidates) {
    const worths = worthsBy(calls, splits, rates);
    const accountsFor = (side: 0 | 1) =>
      (sides[side]?.cost ?? 0n) === 0n || ownWorth(calls, worths, side) !== 0n;
    if (accountsFor(0) && accountsFor(1)) return worths;
  }
  return worthsBy(calls, splits, [byCall, byCall]);
}

/**
 * The cost of one call of a cell by whose tokens, whose cache split and whose prices are taken: at index
 * tokens + 2 × cache + 4 × price, each 0 for before and 1 for after. What one stretch does not know (it has no such
 * call) is the other's, so that nothing changes by it.
 *
 * A price is the listed rates of its stretch times the level by which what was paid differs from them (batches, tiers,
 * calls not billed).
 */
export function unitCosts(
  { sides }: Pick<Cell, "sides">,
  listed: Pair<ListedRates | null>,
): readonly Fixed[] {
  const own = [sides[0] && callOf(sides[0]), sides[1] && callOf(sides[1])] as const;
  const calls = [own[0] ?? own[1] ?? nothing, own[1] ?? own[0] ?? nothing] as const;
  const splits = [
    calls[0].split ?? calls[1].split ?? allFresh,
    calls[1].split ?? calls[0].split ?? allFresh,
  ] as const;
  const worths = worthsOf(sides, calls, splits, listed);
  const level = (side: 0 | 1): Fixed | null => {
    const cell = sides[side];
    const listedCost = ownWorth(calls, worths, side);
    return cell && listedCost !== 0n ? over(cell.cost / BigInt(cell.calls), listedCost) : null;
  };
  const [before, after] = [level(0), level(1)];
  const levels = [before ?? after ?? one, after ?? before ?? one] as const;
  return ([0, 1] as const).flatMap((price) => {
    const { texts, rests } = worths[price];
    const at = (tokens: 0 | 1, cache: 0 | 1) =>
      times(times(calls[tokens].text, texts[cache]) + rests[tokens], levels[price]);
    return [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
  });
}

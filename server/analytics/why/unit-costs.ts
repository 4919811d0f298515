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

/** What a call comes to by these rates, before the level of the prices. */
const worth = ({ text, others: rest }: Call, split: readonly Fixed[], rates: Rates): Fixed =>
  times(text, textWorth(split, rates)) + restWorth(rest, rates);

/** Listed rates, unless they could not account for a cost that there is. */
function ratesFor(
  sides: Cell["sides"],
  [before, after]: Pair<ListedRates | null>,
  worthOf: (side: 0 | 1, rates: Rates) => Fixed,
): Pair<Rates> {
  const [first, second] = [before ?? after, after ?? before];
  const candidates: Pair<Rates>[] = [
    ...(first && second ? [[ratesOf(first), ratesOf(second)] as const] : []),
    [byUnit, byUnit],
  ];
  const accounts = (rates: Pair<Rates>) =>
    ([0, 1] as const).every((side) => (sides[side]?.cost ?? 0n) === 0n || worthOf(side, rates[side]) !== 0n);
  return candidates.find(accounts) ?? [byCall, byCall];
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
  const rates = ratesFor(sides, listed, (side, candidate) => worth(calls[side], splits[side], candidate));
  const level = (side: 0 | 1): Fixed | null => {
    const cell = sides[side];
    const listedCost = worth(calls[side], splits[side], rates[side]);
    return cell && listedCost !== 0n ? over(cell.cost / BigInt(cell.calls), listedCost) : null;
  };
  const [before, after] = [level(0), level(1)];
  const levels = [before ?? after ?? one, after ?? before ?? one] as const;
  return ([0, 1] as const).flatMap((price) => {
    const texts = [textWorth(splits[0], rates[price]), textWorth(splits[1], rates[price])] as const;
    const rests = [
      restWorth(calls[0].others, rates[price]),
      restWorth(calls[1].others, rates[price]),
    ] as const;
    const at = (tokens: 0 | 1, cache: 0 | 1) =>
      times(times(calls[tokens].text, texts[cache]) + rests[tokens], levels[price]);
    return [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
  });
}

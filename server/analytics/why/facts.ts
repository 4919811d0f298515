import {
  inputTokenBuckets,
  outputTokenBuckets,
  type TokenBucket,
  tokenBuckets,
} from "@/server/prices/buckets";
import type { Pair, WhyFacts, WhyShare, WhyWork } from "../why-schemas";
import { groupCells, sharesOf, versionKey } from "./shares";
import { type Fixed, over, times, toNumber, toUsd } from "./fixed";
import { textInput } from "./unit-costs";
import type { Cell, CellSide, Work } from "./work";

type FactsOf<Cause extends WhyFacts["cause"]> = Extract<WhyFacts, { cause: Cause }>;

export const nameOrNull = (name: string) => (name === "" ? null : name);
const ratio = (part: bigint, whole: bigint) => (whole === 0n ? null : toNumber(over(part, whole)));

export function workName({ feature, kind, isRest }: Work): WhyWork {
  return { feature: nameOrNull(feature), kind: nameOrNull(kind), isRest };
}

const tokensOf = ({ units }: CellSide, buckets: readonly TokenBucket[]) =>
  buckets.reduce((sum, bucket) => sum + units[bucket], 0n);
const callsOn = (cells: readonly Cell[], side: 0 | 1) =>
  cells.reduce((sum, { sides }) => sum + (sides[side]?.calls ?? 0), 0);
const callsOf = (cells: readonly Cell[]): Pair<number> => [callsOn(cells, 0), callsOn(cells, 1)];

export function volumeFacts({ sides }: Work): FactsOf<"volume"> {
  return { cause: "volume", requests: [sides[0].requests, sides[1].requests] };
}

interface Moved {
  told: WhyShare;
  by: Fixed;
}

function shareFacts(name: string, cells: readonly Cell[], whole: Pair<number>): Moved {
  const [before, after] = sharesOf(callsOf(cells), whole);
  const sides = cells.flatMap(({ sides: own }) => own.flatMap((side) => side ?? []));
  const calls = BigInt(
    Math.max(
      1,
      sides.reduce((sum, side) => sum + side.calls, 0),
    ),
  );
  const tokens = sides.reduce((sum, side) => sum + tokensOf(side, tokenBuckets), 0n);
  const cost = sides.reduce((sum, side) => sum + side.cost, 0n);
  return {
    told: {
      name: nameOrNull(name),
      share: [toNumber(before), toNumber(after)],
      tokensPerCall: toNumber(tokens / calls),
      costPerCallUsd: toUsd(cost / calls).toFixed(),
    },
    by: after - before,
  };
}

/** The one that lost most of its share, and the one that gained most. */
function shiftOf(cells: readonly Cell[], keyOf: (cell: Cell) => string, nameOf: (cell: Cell) => string) {
  const whole = callsOf(cells);
  const shares = [...groupCells(cells, keyOf).values()]
    .flatMap((group) => (group[0] ? [shareFacts(nameOf(group[0]), group, whole)] : []))
    .sort((one, other) => (one.by === other.by ? 0 : one.by < other.by ? -1 : 1));
  const [lost, gained] = [shares[0], shares.at(-1)];
  if (!lost || !gained) throw new RangeError("Nothing can shift where there is nothing");
  return { lost: lost.told, gained: gained.told };
}

const pricedCells = ({ cells }: Work) => cells.filter(({ sides }) => sides[0] !== null || sides[1] !== null);

export function promptsFacts(work: Work): FactsOf<"promptVersion"> {
  const name = ({ prompt }: Cell) => prompt;
  return {
    cause: "promptVersion",
    prompt: null,
    between: "prompts",
    ...shiftOf(pricedCells(work), name, name),
  };
}

export function versionsFacts(work: Work, prompt: string): FactsOf<"promptVersion"> {
  const own = pricedCells(work).filter((cell) => cell.prompt === prompt);
  const shift = shiftOf(own, versionKey, ({ version }) => version);
  return { cause: "promptVersion", prompt: nameOrNull(prompt), between: "versions", ...shift };
}

export function modelFacts(work: Work): FactsOf<"modelMix"> {
  const keyOf = ({ provider, model }: Cell) => `${provider}\n${model}`;
  const nameOf = ({ provider, model }: Cell) => (model === "" ? provider : model);
  return { cause: "modelMix", ...shiftOf(pricedCells(work), keyOf, nameOf) };
}

/** An average call of each stretch, of the same mix of prompts and models. */
function averages(work: Work, pick: (side: CellSide) => Fixed): Pair<Fixed> {
  const cells = pricedCells(work);
  const whole = callsOf(cells);
  const weights = cells.map((cell) => {
    const [before, after] = sharesOf(callsOf([cell]), whole);
    return (before + after) / 2n;
  });
  const at = (side: 0 | 1) =>
    cells.reduce((sum, { sides }, i) => {
      const own = sides[side] ?? sides[1 - side];
      return own ? sum + times(pick(own) / BigInt(own.calls), weights[i] ?? 0n) : sum;
    }, 0n);
  return [at(0), at(1)];
}

export function tokenFacts(work: Work): FactsOf<"tokens"> {
  const [inBefore, inAfter] = averages(work, (side) => tokensOf(side, inputTokenBuckets));
  const [outBefore, outAfter] = averages(work, (side) => tokensOf(side, outputTokenBuckets));
  return {
    cause: "tokens",
    input: [toNumber(inBefore), toNumber(inAfter)],
    output: [toNumber(outBefore), toNumber(outAfter)],
  };
}

export function cacheFacts(work: Work): FactsOf<"cache"> {
  const read = averages(work, ({ units }) => units.cacheReadTokens);
  const all = averages(work, (side) => tokensOf(side, textInput));
  return { cause: "cache", hitRate: [ratio(read[0], all[0]), ratio(read[1], all[1])] };
}

export function retryFacts({ sides }: Work): FactsOf<"retries"> {
  const rate = (side: 0 | 1) => ratio(BigInt(sides[side].attempts), BigInt(sides[side].requests));
  return {
    cause: "retries",
    attemptsPerRequest: [rate(0), rate(1)],
    requests: [sides[0].requests, sides[1].requests],
  };
}

const mostModels = 3;

export function unpricedFacts({ sides, cells }: Work): FactsOf<"unpriced"> {
  const models = [...groupCells(cells, ({ model }) => model)].map(([model, own]) => {
    const at = (side: 0 | 1) => own.reduce((sum, { unpricedCalls }) => sum + unpricedCalls[side], 0);
    return { model, calls: [at(0), at(1)] as const };
  });
  const moved = models
    .filter(({ calls }) => calls[0] !== calls[1])
    .sort((one, other) => Math.abs(other.calls[1] - other.calls[0]) - Math.abs(one.calls[1] - one.calls[0]));
  const at = (side: 0 | 1) => sides[side].attempts - sides[side].priced;
  return {
    cause: "unpriced",
    unpricedCalls: [at(0), at(1)],
    calls: [sides[0].attempts, sides[1].attempts],
    models: moved.slice(0, mostModels).map(({ model }) => nameOrNull(model)),
  };
}

/** What the same costs in both stretches, as a ratio; null where it cost nothing before. */
export const levelOf = ([before, after]: Pair<Fixed>) => ratio(after, before);

import { Usd, usdText } from "@/server/prices/decimal";
import { type WhyAnswer, type WhyCause, whyCauses, type WhyPart } from "../why-schemas";
import {
  cacheFacts,
  modelFacts,
  promptsFacts,
  retryFacts,
  tokenFacts,
  unpricedFacts,
  versionsFacts,
  volumeFacts,
  workName,
} from "./facts";
import { type Fixed, toUsd } from "./fixed";
import { priceParts } from "./price-parts";
import type { RawPart } from "./raw-part";
import type { RatesOf, WorkSplit } from "./split-work";

/** A part of the change in the ledger's decimals. */
export interface Part extends Omit<RawPart, "amount"> {
  amount: Usd;
}

/** More than rounding can come to: the split itself would be wrong. */
const tolerance = new Usd("1e-12");

function partsOfWork(split: WorkSplit): RawPart[] {
  const { work } = split;
  const name = workName(work);
  const part = (cause: WhyCause, amount: Fixed, facts: RawPart["facts"]): RawPart => {
    return { cause, amount, work: name, facts };
  };
  return [
    part("volume", split.volume, () => volumeFacts(work)),
    part("promptVersion", split.prompts, () => promptsFacts(work)),
    ...split.versions.map(({ prompt, amount }) =>
      part("promptVersion", amount, () => versionsFacts(work, prompt)),
    ),
    part("modelMix", split.modelMix, () => modelFacts(work)),
    part("tokens", split.tokens, () => tokenFacts(work)),
    part("cache", split.cache, () => cacheFacts(work)),
    part("retries", split.retries, () => retryFacts(work)),
    part("unpriced", split.unpriced, () => unpricedFacts(work)),
  ];
}

/** A part and how large it is, whichever way: worked out once, for it is compared with many. */
interface Sized {
  part: Part;
  size: Usd;
}

const bySize = ({ part: one, size }: Sized, { part: other, size: otherSize }: Sized) =>
  otherSize.cmp(size) ||
  whyCauses.indexOf(one.cause) - whyCauses.indexOf(other.cause) ||
  JSON.stringify(one.work).localeCompare(JSON.stringify(other.work));

/** Rounds the parts so that they add up to the change: what is left over goes to the largest. */
function roundTo(delta: Usd, parts: readonly RawPart[]): Part[] {
  // Most parts of most works are nothing.
  const some = parts.filter(({ amount }) => amount !== 0n);
  const rounded = (some.length > 0 ? some : parts)
    .map((part): Sized => {
      const amount = toUsd(part.amount);
      return { part: { ...part, amount }, size: amount.abs() };
    })
    .sort(bySize)
    .map(({ part }) => part);
  const left = rounded.reduce((sum, { amount }) => sum.minus(amount), delta);
  if (left.abs().gt(tolerance)) throw new RangeError(`The parts of a change miss it by ${left.toFixed()}`);
  return rounded
    .map((part, i) => (i === 0 ? { ...part, amount: part.amount.plus(left) } : part))
    .filter(({ amount }) => !amount.isZero());
}

/** Every part of the change, the largest first. */
export function partsOf(splits: readonly WorkSplit[], ratesOf: RatesOf, delta: Usd): Part[] {
  return roundTo(delta, [...splits.flatMap(partsOfWork), ...priceParts(splits, ratesOf)]);
}

export const sumOf = (parts: readonly Part[]): Usd =>
  parts.reduce((sum, { amount }) => sum.plus(amount), new Usd(0));

/** Every cause, the largest first, with what its parts add up to. */
export function causesOf(parts: readonly Part[]): WhyAnswer["causes"] {
  return whyCauses
    .map((cause) => {
      const own = parts.filter((part) => part.cause === cause);
      return { cause, amount: sumOf(own), count: own.length };
    })
    .sort((one, other) => other.amount.abs().cmp(one.amount.abs()))
    .map(({ cause, amount, count }) => ({ cause, usd: usdText(amount), parts: count }));
}

export function told({ amount, work, facts }: Part): WhyPart {
  return { ...facts(), usd: usdText(amount), work };
}

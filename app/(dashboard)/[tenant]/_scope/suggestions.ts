import { closedValues, type FilterTag } from "./filters";

export interface Suggestion {
  /** Null: calls without the tag. */
  value: string | null;
  costUsd: string | null;
  /** It was not found, only typed. */
  isTyped?: true;
}

/**
 * What the list under the field offers: values found (or known beforehand) and, while nothing is typed, to be without the
 * tag. What is typed stands last where it is not among them: a value may lie outside the range.
 */
export function suggest(tag: FilterTag, typed: string, found: readonly Suggestion[]): Suggestion[] {
  const word = typed.trim();
  const known = closedValues[tag]
    ?.filter((value) => value.toLowerCase().includes(word.toLowerCase()))
    .map((value) => ({ value, costUsd: null }));
  const values = (known ?? found).filter(({ value }) => value !== null);
  const isExact = values.some(({ value }) => value === word);
  const own = word === "" || isExact || known ? [] : [{ value: word, costUsd: null, isTyped: true as const }];
  const none =
    word === "" && !known
      ? [found.find(({ value }) => value === null) ?? { value: null, costUsd: null }]
      : [];
  return [...values, ...own, ...none];
}

import { figureNames } from "../figures";
import type { SpendFigures } from "../schemas";
import { type Column, number } from "./table";

/**
 * A column for each figure, in the API's order and by its names.
 * @param figuresOf null leaves the cells empty: a gap, not a zero
 * @param prefix tells a second set of figures from the first: `previous` makes `previousCostUsd`
 */
export function figureColumns<Row>(figuresOf: (row: Row) => SpendFigures | null, prefix = ""): Column<Row>[] {
  return figureNames.map((name) => number(prefixed(prefix, name), (row) => figuresOf(row)?.[name] ?? null));
}

/** `previous` and `costUsd` make `previousCostUsd`. */
export const prefixed = (prefix: string, name: string) =>
  prefix === "" ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

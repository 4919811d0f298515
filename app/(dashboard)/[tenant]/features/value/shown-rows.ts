import { toGeometry } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";
import type { ValueOrder } from "./search-params";

export type ValueRow = Outputs["reports"]["featureValue"]["features"][number];

const lengthOf = (text: string | null) => (text === null ? null : toGeometry(text));

/** What a row is ordered by; null: nothing is known, and it comes last. */
const figureOf: Record<Exclude<ValueOrder, "name">, (row: ValueRow) => number | null> = {
  uses: ({ uses }) => uses,
  cost: ({ costUsd }) => lengthOf(costUsd),
  users: ({ activeUsers }) => activeUsers,
  adoption: ({ adoption }) => lengthOf(adoption),
  userCost: ({ costPerActiveUserUsd }) => lengthOf(costPerActiveUserUsd),
  successCost: ({ costPerSuccessUsd }) => lengthOf(costPerSuccessUsd),
  conversionCost: ({ costPerConversionUsd }) => lengthOf(costPerConversionUsd),
};

const byName = (one: ValueRow, other: ValueRow) => one.feature.localeCompare(other.feature, "en");

/** The rows whose name holds what was typed, the largest first; those of equal figures stay as they came. */
export function shownRows(rows: readonly ValueRow[], order: ValueOrder, typed: string): ValueRow[] {
  const search = typed.trim().toLowerCase();
  const found = rows.filter(({ feature }) => feature.toLowerCase().includes(search));
  if (order === "name") return found.sort(byName);
  const figure = figureOf[order];
  return found.sort((one, other) => (figure(other) ?? -1) - (figure(one) ?? -1));
}

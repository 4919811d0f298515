import { type Grouping, groupings, type SpendFilter } from "@/server/analytics/schemas";
import type { FilterPart, Operator } from "./filters";

function partsOfTag(tag: Grouping, condition: NonNullable<SpendFilter[Grouping]>): FilterPart[] {
  const { is = [], not = [], contains = [] } = Array.isArray(condition) ? { is: condition } : condition;
  const part = (operator: Operator) => (value: string | null) => ({ tag, operator, value });
  return [...is.map(part("is")), ...not.map(part("not")), ...contains.map(part("contains"))];
}

/** The chips of a report's filter: `toSpendFilter` the other way about. */
export function partsOfFilter(filter: SpendFilter): FilterPart[] {
  return groupings.flatMap((tag) => {
    const condition = filter[tag];
    return condition ? partsOfTag(tag, condition) : [];
  });
}

import { createLoader, createParser, parseAsStringLiteral } from "nuqs/server";
import type { FeatureValueInput } from "@/server/analytics/feature-value/feature-value-schemas";

export const valueOrders = [
  "uses",
  "cost",
  "users",
  "adoption",
  "userCost",
  "successCost",
  "conversionCost",
  "name",
] as const;
export type ValueOrder = (typeof valueOrders)[number];

/** How many months up to the chosen one. */
export const spans = ["1", "3", "6", "12"] as const;
export type Span = (typeof spans)[number];

const month = createParser({
  parse: (value) => (/^2\d{3}-(0[1-9]|1[0-2])$/.test(value) ? value : null),
  serialize: (value: string) => value,
});

export const valueParams = {
  /** Without: the month that runs. */
  month,
  span: parseAsStringLiteral(spans).withDefault("1"),
  order: parseAsStringLiteral(valueOrders).withDefault("uses"),
};
export const loadValueParams = createLoader(valueParams);

/** The question of the screen, asked alike by the page (to prefetch) and by its client parts. */
export const valueQuestion = ({
  month: last,
  span,
}: {
  month: string | null;
  span: Span;
}): FeatureValueInput => ({
  ...(last !== null && { month: last }),
  months: Number(span),
});

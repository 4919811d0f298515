import {
  createLoader,
  createSerializer,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";
import { groupings } from "@/server/analytics/schemas";
import { compareModes } from "./compare";
import { type FilterPart, writeFilterPart } from "./filters";
import { granularities, type RangeChoice, rangeTokens } from "./range";
import { resolveScope, type Scope, type ScopeOffers, type ScopeParams } from "./scope";

/** The scope in the address. Nothing has a default here, so that whatever was picked is written, and nothing else. */
export const scopeParams = {
  range: parseAsStringLiteral(rangeTokens),
  from: parseAsString,
  to: parseAsString,
  compare: parseAsStringLiteral(compareModes),
  cfrom: parseAsString,
  cto: parseAsString,
  match: parseAsStringLiteral(["weekday"]),
  /** Filters, a chip each (filters.ts). */
  f: parseAsNativeArrayOf(parseAsString),
  by: parseAsStringLiteral(groupings),
  /** Interval. */
  i: parseAsStringLiteral(granularities),
};

export const loadScopeParams = createLoader(scopeParams);

/** For a page: the scope that its client parts will find by `useScope()`; give both the same `offers`. */
export async function loadScope(
  searchParams: Promise<SearchParams>,
  now: Date,
  timeZone: string,
  offers?: ScopeOffers,
): Promise<Scope> {
  return resolveScope(await loadScopeParams(searchParams), now, timeZone, offers);
}

/** A range as the address says it, in place of the one that it says. */
export function rangeParams(choice: RangeChoice) {
  return typeof choice === "string"
    ? { range: choice, from: null, to: null }
    : { range: null, from: choice.from, to: choice.to };
}

export const filterParams = (parts: readonly FilterPart[]) => ({ f: parts.map(writeFilterPart) });

const serialize = createSerializer(scopeParams);

/**
 * A screen of the tenant with this scope in its address: `scopeHref(slug, "users", params)` keeps what `useScope().params`
 * says, `scopeHref(slug, "users", { ...params, ...filterParams(parts) })` changes some of it.
 * @param path of the screen below the tenant, without slashes around it; it may have a query of its own
 */
export function scopeHref(slug: string, path: string, params: Partial<ScopeParams>): string {
  return serialize(`/${slug}/${path}`, params);
}

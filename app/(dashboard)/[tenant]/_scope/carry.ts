import { type ViewScreen, viewScreens } from "@/server/views/schemas";
import { coverageOffers } from "../attribution/search-params";
import { callsOffers } from "../calls/search-params";
import { errorsOffers } from "../errors/offers";
import { runsOffers } from "../runs/search-params";
import { readFilterPart } from "./filters";
import { loadScopeParams, scopeHref } from "./params";
import { rangeTokens } from "./range";
import { reportTags, type ScopeOffers } from "./scope";

const offers: Partial<Record<ViewScreen, ScopeOffers>> = {
  calls: callsOffers,
  attribution: coverageOffers,
  errors: errorsOffers,
  runs: runsOffers,
};
const offersOf = (screen: ViewScreen): ScopeOffers => offers[screen] ?? {};

const screenOf = (path: string) => viewScreens.find((screen) => screen === path);

/**
 * The address of a place, with the scope of the screen in sight as far as the other understands it: range, comparison
 * and filters stay when one goes from screen to screen; what is grouped by and the interval are the screen's own.
 * @param from of the screen in sight, below the tenant
 */
export function carriedHref(slug: string, from: string, search: URLSearchParams, to: string): string {
  const target = screenOf(to);
  if (target === undefined || screenOf(from) === undefined) return `/${slug}/${to}`;
  const { range, f, ...params } = loadScopeParams(search);
  const { tags = reportTags, ranges = rangeTokens, compare } = offersOf(target);
  const { from: start, to: end, cfrom, cto, match } = params;
  return scopeHref(slug, to, {
    range: range !== null && ranges.includes(range) ? range : null,
    ...(range === null && { from: start, to: end }),
    ...(compare !== false && { compare: params.compare, cfrom, cto, match }),
    f: f.filter((text) => readFilterPart(text, tags) !== null),
  });
}

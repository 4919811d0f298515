import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";
import { instantOf } from "../_scope/moments";
import { callTags, type FilterPart, isGrouping } from "../_scope/filters";
import { filterParams, scopeParams } from "../_scope/params";
import { conflictOf, type Scope, type ScopeOffers, type ScopeParams } from "../_scope/scope";
import { toCallFilter } from "./call-filter";

export const orders = ["newest", "dearest"] as const;
export type Order = (typeof orders)[number];

/** Every tag of a call, at any time; a list compares nothing. */
export const callsOffers: ScopeOffers = { tags: callTags, compare: false, anyTime: true };

/** Besides the scope. */
export const callsParams = {
  /** Instead of the ledger's calls: the dearest of the last hours, those that came late, those that were kept out of it. */
  show: parseAsStringLiteral(["top", "late", "kept-out"]),
  /** Of the dearest. */
  window: parseAsStringLiteral(["24h", "7d"]).withDefault("24h"),
  order: parseAsStringLiteral(orders).withDefault("newest"),
};

export const loadCallsParams = createLoader(callsParams);

const serialize = createSerializer({ ...scopeParams, ...callsParams });

interface CallsLink extends Partial<ScopeParams> {
  /** In place of `f`. */
  parts?: readonly FilterPart[];
  order?: Order;
  show?: "top" | "kept-out";
}

/** The list of calls, narrowed: `callsHref(slug, { ...params, parts: withOnly(scope.parts, "feature", key), order: "dearest" })`. */
export function callsHref(slug: string, { parts, ...link }: CallsLink): string {
  return serialize(`/${slug}/calls`, { ...link, ...(parts && filterParams(parts)) });
}

/** The same choice in the terms of reports.spend; null where the roll-ups cannot tell its sum. */
export function totalQuestion({ choice, parts, report }: Scope) {
  if (choice === "all" || !parts.every(({ tag }) => isGrouping(tag))) return null;
  return conflictOf(report.filter, null) === null ? ({ ...report, granularity: "total" } as const) : null;
}

export type TopWindow = keyof typeof windowHours;
const windowHours = { "24h": 24, "7d": 168 } as const;

/** The dearest of the last hours, narrowed by the chips that reports understand: the others are `notHeeded`. */
export const topQuestion = ({ filter }: Scope, window: TopWindow) => ({ hours: windowHours[window], filter });

/** Chips that the dearest are not narrowed by. */
export const notHeeded = ({ parts }: Scope) => parts.filter(({ tag }) => !isGrouping(tag));

/** What the address asks for, in the terms of calls.list. */
export function callsQuestion({ stretch, parts, timeZone }: Scope, order: Order) {
  const { from, to } = stretch;
  return {
    order,
    from: instantOf(from, timeZone).toISOString(),
    to: instantOf(to, timeZone).toISOString(),
    filter: toCallFilter(parts),
    limit: 50,
  };
}

/**
 * Of these the calls that came in when the figures of their hour were final already, the newest first. What is imported is
 * history and not late, unless the address asks for it.
 */
export function lateQuestion(scope: Scope, latencyBufferMinutes: number) {
  const question = callsQuestion(scope, "newest");
  const { source = { not: ["import"] }, ...filter } = question.filter;
  // A tenant that waits for nothing has calls that come in a moment later, and no late ones.
  return { ...question, filter: { ...filter, source, lateByMinutes: Math.max(1, latencyBufferMinutes) } };
}

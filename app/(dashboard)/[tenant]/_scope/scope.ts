import { familyOf } from "@/server/analytics/dimensions";
import {
  type Grouping,
  groupings,
  type ReportScope,
  type SpendFilter,
  type Stretch,
} from "@/server/analytics/schemas";
import { type LocalDay, localDay } from "@/server/calendar/local-day";
import { isDomainError } from "@/server/errors";
import { comparedStretch, type CompareChoice, type CompareMode, defaultCompare } from "./compare";
import { type FilterPart, type FilterTag, readFilter, toSpendFilter } from "./filters";
import { daysBetween, daysOf, instantOf, isDay, readStretch } from "./moments";
import {
  type Bucket,
  bucketsOf,
  defaultRange,
  type RangeChoice,
  rangeLabels,
  type RangeToken,
  rangeTokens,
  stretchOf,
} from "./range";

/** What an address says of the scope (params.ts); null: nothing, which means the usual. */
export interface ScopeParams {
  range: RangeToken | null;
  /** Instead of a range: a stretch of one's own, in local days or instants. `to` is not included. */
  from: string | null;
  to: string | null;
  compare: CompareMode | null;
  cfrom: string | null;
  cto: string | null;
  match: "weekday" | null;
  f: string[];
  by: Grouping | null;
  i: Bucket | null;
}

/** What a screen is about. `report` and `compared` are ready to be spread into the input of a report. */
export interface Scope {
  choice: RangeChoice;
  stretch: Stretch;
  /** The local days that the stretch touches; `to` is not included. */
  days: { from: LocalDay; to: LocalDay };
  /** It has begun and is not over. */
  isUnderWay: boolean;
  compareChoice: CompareChoice;
  /** Null: nothing is compared. */
  compare: Stretch | null;
  parts: readonly FilterPart[];
  filter: SpendFilter;
  granularity: Bucket;
  granularities: readonly Bucket[];
  /** Null on screens that offer none. */
  groupBy: Grouping | null;
  /** For reports without comparison: from, to, filter. */
  report: ReportScope;
  /** For reports with comparison: from, to, filter, compare. */
  compared: ReportScope & { compare?: Stretch };
  today: LocalDay;
  timeZone: string;
  /** What of the address could not be understood, and is not applied. */
  ignored: readonly string[];
}

/** The tags that reports can be narrowed by. */
export const reportTags: readonly FilterTag[] = groupings;

/** What a screen can be asked for. Left out: everything that reports can answer, and no group-by. */
export interface ScopeOffers {
  tags?: readonly FilterTag[];
  ranges?: readonly RangeToken[];
  /** Of one's own only whole days, and at most so many. */
  mostDays?: number;
  compare?: false;
  /** `all` is from the first call on, not only as far as reports reach. */
  anyTime?: true;
  groupBy?: { options: readonly Grouping[]; usual: Grouping };
}

/**
 * What an address means at this moment in this zone. Page and browser ask the same function, so they ask the same
 * questions. Nothing in an address can make it fail: what is not understood is named in `ignored`.
 */
export function resolveScope(
  params: ScopeParams,
  now: Date,
  timeZone: string,
  offers: ScopeOffers = {},
): Scope {
  const { choice, ignored: ignoredRange } = readRange(params, timeZone, offers);
  const usual = stretchOf(choice, now, timeZone);
  const stretch = choice === "all" && offers.anyTime ? { ...usual, from: firstDay } : usual;
  const compareChoice = readCompare(params, timeZone);
  const compare = (offers.compare ?? true) ? comparedStretch(choice, compareChoice, now, timeZone) : null;
  const { parts, ignored } = readFilter(params.f, offers.tags ?? reportTags);
  const filter = toSpendFilter(parts);
  const buckets = bucketsOf(stretch, timeZone);
  const report = { ...stretch, filter };
  const { groupBy } = offers;
  return {
    choice,
    stretch,
    days: daysOf(stretch, timeZone),
    isUnderWay: now >= instantOf(stretch.from, timeZone) && now < instantOf(stretch.to, timeZone),
    compareChoice,
    compare,
    parts,
    filter,
    granularity: params.i !== null && buckets.allowed.includes(params.i) ? params.i : buckets.usual,
    granularities: buckets.allowed,
    groupBy: groupBy?.options.find((option) => option === params.by) ?? groupBy?.usual ?? null,
    report,
    compared: compare ? { ...report, compare } : report,
    today: localDay(now, timeZone),
    timeZone,
    ignored: [...ignoredRange, ...ignored],
  };
}

/** Before any call can be (server/calls/schemas.ts, Instant). */
const firstDay: LocalDay = "2000-01-01";

function readRange(
  { range, from, to }: ScopeParams,
  timeZone: string,
  { ranges = rangeTokens, mostDays }: ScopeOffers,
): { choice: RangeChoice; ignored: string[] } {
  const usual = ranges.includes(defaultRange) ? defaultRange : (ranges[0] ?? defaultRange);
  if (range !== null)
    return ranges.includes(range)
      ? { choice: range, ignored: [] }
      : { choice: usual, ignored: [rangeLabels[range]] };
  if (from === null && to === null) return { choice: usual, ignored: [] };
  const own = readStretch(from, to, timeZone);
  const isOffered =
    mostDays === undefined ||
    (own !== null && isDay(own.from) && isDay(own.to) && daysBetween(own.from, own.to) <= mostDays);
  if (own && isOffered) return { choice: own, ignored: [] };
  return { choice: usual, ignored: [`${from ?? "…"} – ${to ?? "…"}`] };
}

function readCompare({ compare, cfrom, cto, match }: ScopeParams, timeZone: string): CompareChoice {
  const custom = compare === "custom" ? readStretch(cfrom, cto, timeZone) : null;
  const mode = compare === "custom" && !custom ? defaultCompare : (compare ?? defaultCompare);
  return { mode, matchWeekday: match === "weekday", custom };
}

/** Why no report can answer for these tags together; null when one can. */
export function conflictOf(filter: SpendFilter, groupBy: Grouping | null): string | null {
  try {
    familyOf(groupBy ? [groupBy] : [], filter);
    return null;
  } catch (error) {
    if (isDomainError(error)) return error.message;
    throw error;
  }
}

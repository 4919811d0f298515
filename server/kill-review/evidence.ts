import { shareOf } from "@/server/analytics/share-of";
import type { LocalDay } from "@/server/calendar/local-day";
import type { FeatureSetting } from "@/server/features/schemas";
import { Usd, usdText } from "@/server/prices/decimal";
import { median } from "./middle";
import type { Evidence, Expected } from "./schemas";
import type { Middle } from "./suggest";

/** What is counted of a feature in a month. */
export interface Counted {
  calls: number;
  requests: number;
  events: number;
  activeUsers: number;
  costUsd: string;
  unpricedCalls: number;
}
export const nothingCounted: Counted = {
  calls: 0,
  requests: 0,
  events: 0,
  activeUsers: 0,
  costUsd: "0",
  unpricedCalls: 0,
};

/** By which teams and prompts features were called. */
export type Kin = ReadonlyMap<string, { teams: readonly string[]; prompts: readonly string[] }>;

/** How many users a feature has, and how many of them called another one, too. */
export interface SharedUsers {
  feature: string;
  other: string;
  users: number;
  of: number;
}

/** All that is known of a feature when a month is reviewed. */
export interface FeatureFacts {
  feature: string;
  /** The months before and the reviewed one, oldest first; `counted` null: before anything was known. */
  months: readonly { month: LocalDay; counted: Counted | null; isPartial: boolean }[];
  /** Cost of all in the reviewed month. */
  totalUsd: string;
  setting: FeatureSetting | null;
  /** How often its events were told in the month, by their names. */
  events: ReadonlyMap<string, number>;
  forecast: Expected | null;
  firstUsedOn: LocalDay | null;
  kin: Kin;
  shared: readonly SharedUsers[];
  dearest: { users: number; of: number; dearestUsd: string; allUsd: string } | null;
}

/** A call and the event that tells of it are one use; either source may be partial. */
export const usesOf = ({ requests, events }: Pick<Counted, "requests" | "events">) =>
  Math.max(requests, events);

const each = (usd: string, count: number | null) =>
  count === null || count === 0 ? null : usdText(new Usd(usd).div(count));

/** Only what is of the same team or prompt could take its users over. */
export function overlapOf(feature: string, shared: readonly SharedUsers[], kin: Kin): Evidence["overlap"] {
  const own = kin.get(feature);
  const isKin = ({ other }: SharedUsers) => {
    const others = kin.get(other);
    return (
      (own?.teams.some((team) => others?.teams.includes(team)) ?? false) ||
      (own?.prompts.some((prompt) => others?.prompts.includes(prompt)) ?? false)
    );
  };
  const [best] = shared
    .filter((one) => one.feature === feature && isKin(one))
    .toSorted((one, other) => other.users - one.users || (one.other < other.other ? -1 : 1));
  if (!best) return null;
  return { feature: best.other, users: best.users, of: best.of, share: shareOf(best.users, best.of) ?? "0" };
}

/** Uses against the mean of the two months before; null where they are not known, or in part, or were without a use. */
function usesRatioOf(uses: number, months: FeatureFacts["months"]): string | null {
  const lately = months
    .slice(-3, -1)
    .flatMap(({ counted, isPartial }) => (counted && !isPartial ? [usesOf(counted)] : []));
  const sum = lately.reduce((total, one) => total + one, 0);
  return lately.length < 2 ? null : shareOf(uses * lately.length, sum);
}

/** All but the reason of the suggestion that rests on it. */
export function evidenceOf(facts: FeatureFacts): Omit<Evidence, "reason"> {
  const { months, setting, dearest } = facts;
  const own = months.at(-1)?.counted ?? nothingCounted;
  const uses = usesOf(own);
  const activeUsers = own.activeUsers === 0 && uses > 0 ? null : own.activeUsers;
  const event = setting?.conversionEvent ?? null;
  const count = event === null ? 0 : (facts.events.get(event) ?? 0);
  return {
    uses,
    calls: own.calls,
    requests: own.requests,
    events: own.events,
    activeUsers,
    costUsd: own.costUsd,
    unpricedCalls: own.unpricedCalls,
    costShare: shareOf(own.costUsd, facts.totalUsd),
    perUserUsd: each(own.costUsd, activeUsers),
    perUseUsd: each(own.costUsd, uses),
    conversion: event === null ? null : { event, count, eachUsd: each(own.costUsd, count) },
    months: months.map(({ month, counted, isPartial }) => ({
      month,
      isPartial,
      costUsd: counted?.costUsd ?? null,
      uses: counted && usesOf(counted),
    })),
    usesRatio: usesRatioOf(uses, months),
    teams: [...(facts.kin.get(facts.feature)?.teams ?? [])],
    ownerId: setting?.ownerId ?? null,
    forecast: facts.forecast,
    firstUsedOn: facts.firstUsedOn,
    dearestUsers: dearest && {
      users: dearest.users,
      of: dearest.of,
      costShare: shareOf(dearest.dearestUsd, dearest.allUsd) ?? "0",
    },
    overlap: overlapOf(facts.feature, facts.shared, facts.kin),
  };
}

/** The middle of what the ranked features are; of each figure, of those that have it. */
export function middleOf(all: readonly Omit<Evidence, "reason">[]): Middle {
  const present = (texts: readonly (string | null | undefined)[]) =>
    texts.flatMap((text) => (text === null || text === undefined ? [] : [Number(text)]));
  const conversions = present(all.map(({ conversion }) => conversion?.eachUsd));
  return {
    uses: median(all.map(({ uses }) => uses)),
    perUserUsd: median(present(all.map(({ perUserUsd }) => perUserUsd))),
    // One has nothing to be cheaper than.
    perConversionUsd: conversions.length < 2 ? null : median(conversions),
  };
}
